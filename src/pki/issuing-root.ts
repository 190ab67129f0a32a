import type { KeyObject } from 'node:crypto';
import type { Problem } from '../mesh/problem';
import { type Certificate, isValidAt, maySign } from './certificate';
import { CertificateReader } from './certificate-bundle';
import { lacksNewline } from './pem';
import { readPrivateKey } from './private-key';

/** A root CA that can issue the certificates of clusters. */
export interface IssuingRoot {
  /** The text of root-cert.pem, which each cluster gets as it is. */
  readonly text: string;
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

/** Why a root cannot issue: what was found in its certificate or its key. */
export interface RootFault extends Pick<Problem, 'found' | 'remedy'> {
  readonly part: 'rootCert' | 'rootKey';
}

/**
 * Puts a root's certificate and key together. What would make useless every certificate that it issues
 * is told before the first one is.
 */
export function openRoot(rootCert: string, rootKey: string, now: Date): IssuingRoot | RootFault {
  const privateKey = openRootKey(rootKey);
  if ('found' in privateKey) return privateKey;
  const certificate = certificateOf(privateKey, rootCert);
  if (certificate === undefined) {
    return { part: 'rootKey', found: 'It is the key of no certificate in root-cert.pem.', remedy: keyRemedy };
  }
  const found = lacksNewline(rootCert) ? 'It does not end in a newline.' : unfitness(certificate, now);
  if (found !== undefined) return { part: 'rootCert', found, remedy: certificateRemedy };
  return { text: rootCert, certificate, privateKey };
}

/** Reads a root's key, with which certificates can be signed. */
export function openRootKey(rootKey: string): KeyObject | RootFault {
  const reading = readPrivateKey(rootKey);
  if ('fault' in reading) return { part: 'rootKey', found: reading.fault, remedy: keyRemedy };
  const { asymmetricKeyType: type } = reading.key;
  if (type === 'rsa' || type === 'ec') return reading.key;
  return {
    part: 'rootKey',
    found: `It is of type ${type}.`,
    remedy: 'Put a root there whose key is RSA or EC.',
  };
}

/** The certificate of a key; of several, as there are while a root is being renewed, the latest to expire. */
export function certificateOf(key: KeyObject, text: string): Certificate | undefined {
  const { certificates } = new CertificateReader().read(text);
  return certificates
    .filter(({ x509 }) => x509.checkPrivateKey(key))
    .sort((one, other) => other.notAfter.getTime() - one.notAfter.getTime())[0];
}

function unfitness(certificate: Certificate, now: Date): string | undefined {
  const { name, notBefore, notAfter, pathLength } = certificate;
  if (!maySign(certificate)) return `${name} may not sign certificates.`;
  if (pathLength === 0) return `${name} has path length 0, so that no CA may follow below it.`;
  if (isValidAt(certificate, now)) return undefined;
  return `${name} is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}, and not now.`;
}

const keyRemedy = 'Put the key of the certificate in root-cert.pem there, in PKCS#8 and not encrypted.';

const certificateRemedy =
  'Put a root there that can issue; or issue the certificates of the cluster elsewhere and put them into its folder.';
