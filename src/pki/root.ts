import type { KeyObject } from 'node:crypto';
import { MeshError, type Problem } from '../problems/problem';
import { type Certificate, CertificateReader, isValidAt, maySign } from './certificate';
import { type FolderContent, missingFiles, rootCertFile, rootKeyFile } from './certificates-folder';
import { lacksNewline, readPrivateKey } from './pem';
import type { PemFolder } from './pem-folder';

/** A root CA that can issue the certificates of clusters. */
export interface IssuingRoot {
  /** The text of root-cert.pem, which each cluster gets as it is. */
  readonly text: string;
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

/** Why a root cannot issue: what was found in its certificate or its key. */
export interface RootProblem extends Pick<Problem, 'message' | 'hint'> {
  readonly part: 'rootCert' | 'rootKey';
}

/**
 * Puts a root's certificate and key together. What would make useless every certificate that it issues
 * is told before the first one is.
 */
export function openRoot(rootCert: string, rootKey: string, now: Date): IssuingRoot | RootProblem {
  const privateKey = openRootKey(rootKey);
  if ('message' in privateKey) return privateKey;
  const certificate = certificateOf(privateKey, rootCert);
  if (certificate === undefined) {
    return { part: 'rootKey', message: 'It is the key of no certificate in root-cert.pem.', hint: keyRemedy };
  }
  const message = lacksNewline(rootCert) ? 'It does not end in a newline.' : unfitness(certificate, now);
  if (message !== undefined) return { part: 'rootCert', message, hint: certificateRemedy };
  return { text: rootCert, certificate, privateKey };
}

/** Reads a root's key, with which certificates can be signed. */
export function openRootKey(rootKey: string): KeyObject | RootProblem {
  const reading = readPrivateKey(rootKey);
  if ('fault' in reading) return { part: 'rootKey', message: reading.fault, hint: keyRemedy };
  const { asymmetricKeyType: type } = reading.key;
  if (type === 'rsa' || type === 'ec') return reading.key;
  return {
    part: 'rootKey',
    message: `It is of type ${type}.`,
    hint: 'Put a root there whose key is RSA or EC.',
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

/**
 * The root of a certificates folder, with which missing certificates are to be issued; undefined where the
 * folder has none yet, and nothing that was issued under one.
 *
 * @throws MeshError where there is a root that cannot issue, or that the clusters do not have
 */
export function existingRoot(folder: PemFolder, content: FolderContent, now: Date): IssuingRoot | undefined {
  const inUse = rootCertsInUse(content);
  const holders = [...inUse.keys(), ...content.strangers];
  const { rootKey } = content;
  if (rootKey === undefined) {
    if (content.rootCert === undefined && holders.length === 0) return undefined;
    throw new MeshError([absentKey(folder, content)]);
  }
  const key = orThrow(folder, openRootKey(rootKey));
  const rootCert =
    content.rootCert ?? [...inUse.values()].find((text) => certificateOf(key, text) !== undefined);
  if (rootCert === undefined) {
    if (holders.length === 0) return undefined;
    throw new MeshError([absentCertificate(folder, holders)]);
  }
  const root = openFolderRoot(folder, rootCert, rootKey, now);
  MeshError.throwIfAny(otherRoots(folder, root, inUse));
  return root;
}

/**
 * Opens the root of a folder.
 *
 * @throws MeshError where it cannot issue
 */
export function openFolderRoot(folder: PemFolder, rootCert: string, rootKey: string, now: Date): IssuingRoot {
  return orThrow(folder, openRoot(rootCert, rootKey, now));
}

function orThrow<T extends object>(folder: PemFolder, opened: T | RootProblem): T {
  if (!('message' in opened)) return opened;
  const { part, message, hint } = opened;
  const location = folder.location(part === 'rootKey' ? rootKeyFile : rootCertFile);
  throw new MeshError([{ code: 'CA-ROOT', location, message, hint }]);
}

function rootCertsInUse({ clusters }: FolderContent): Map<string, string> {
  return new Map([...clusters].flatMap(([name, { rootCert }]) => (rootCert ? [[name, rootCert]] : [])));
}

function absentKey(folder: PemFolder, { clusters }: FolderContent): Problem {
  const lacks = [...clusters].flatMap(([name, caCerts]) => {
    const missing = missingFiles(caCerts);
    return missing.length === 0 ? [] : `${name} lacks ${missing.join(', ')}`;
  });
  return {
    code: 'CA-ROOT',
    location: folder.location(rootKeyFile),
    message: `It is absent, and ${lacks.join('; ')}.`,
    hint: 'Put the key of the root there until these are issued, or issue them where the key is.',
  };
}

function absentCertificate(folder: PemFolder, holders: readonly string[]): Problem {
  return {
    code: 'CA-ROOT',
    location: folder.location(rootCertFile),
    message: `It is absent, and nothing shows that root-key.pem is the key of the root of ${holders.join(', ')}.`,
    hint: 'Put the certificate and the key of that root there.',
  };
}

/** A cluster that is to join the others under another root would not be trusted by them. */
function otherRoots(
  folder: PemFolder,
  { certificate }: IssuingRoot,
  inUse: ReadonlyMap<string, string>,
): Problem[] {
  const reader = new CertificateReader();
  const others = [...inUse].filter(([, text]) =>
    reader.read(text).certificates.every(({ fingerprint }) => fingerprint !== certificate.fingerprint),
  );
  if (others.length === 0) return [];
  return [
    {
      code: 'CA-ROOT',
      location: folder.location(rootCertFile),
      message: `${certificate.name} is not the root of ${others.map(([name]) => name).join(', ')}.`,
      hint: 'Put the certificate and the key of that root there, or have all clusters issued anew.',
    },
  ];
}
