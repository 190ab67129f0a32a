import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Certificate } from '../pki/certificate';
import { CertificateReader } from '../pki/certificate-reader';
import { hasJoinedBlocks, pemProblem } from '../pki/pem';
import { isKeyOf } from '../pki/private-key';
import type { KubeconfigDocument, KubeconfigMap } from './kubeconfig-document';

/**
 * Reads the certificates under a key, in base64 on one line; reports what Kubernetes clients cannot read.
 * In a bundle, one certificate that has not expired is enough.
 */
export function validateCertificates(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  key: string,
  validity: Validity,
): string | undefined {
  const data = readBase64(document, map, key);
  if (data === undefined) return undefined;
  const { certificates, problem } = parseCertificates(data);
  if (problem !== undefined) {
    const hint = 'Replace it with the base64 text of a PEM file that Go reads; openssl reads more.';
    document.refuse(map, key, 'REMOTE-CERTIFICATE', `${key} ${problem}.`, hint);
    return undefined;
  }
  const last = Math.max(...certificates.map(({ notAfter }) => notAfter.getTime()));
  validateExpiry(document, map, key, new Date(last), validity);
  return data;
}

/** Reads the client certificate and its key; reports credentials that istiod cannot use. */
export function validateKeyPair(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  validity: Validity,
): { clientCertificateData: string; clientKeyData: string } | undefined {
  const clientCertificateData = validateCertificates(document, map, 'client-certificate-data', validity);
  const clientKeyData = readBase64(document, map, 'client-key-data');
  if (clientKeyData === undefined) return undefined;
  const key = parseKey(clientKeyData);
  if (key === undefined) {
    const hint = 'Replace it with the base64 text of a PEM file with an unencrypted private key.';
    const message = 'client-key-data does not contain a PEM private key.';
    document.refuse(map, 'client-key-data', 'REMOTE-CERTIFICATE', message, hint);
    return undefined;
  }
  if (clientCertificateData === undefined) return undefined;
  const [certificate] = parseCertificates(clientCertificateData).certificates;
  if (certificate === undefined || !isKeyOf(key, certificate.publicKey)) {
    const message = 'client-key-data does not belong to client-certificate-data.';
    const hint = 'Replace it with the key of the certificate.';
    document.refuse(map, 'client-key-data', 'REMOTE-CERTIFICATE', message, hint);
  }
  return { clientCertificateData, clientKeyData };
}

/** The value of a key without line breaks, which the base64 decoder of Go ignores too. */
function readBase64(document: KubeconfigDocument, map: KubeconfigMap, key: string): string | undefined {
  const data = document.string(map, key)?.replace(/[\r\n]/g, '');
  if (data === undefined) return undefined;
  const problem = base64Problem(data);
  if (problem === undefined) return data;
  document.refuse(map, key, 'REMOTE-CERTIFICATE', `${key} ${problem.found}.`, problem.hint);
  return undefined;
}

/** Why a text is not the base64 of PEM, where it shows how that came about. */
function base64Problem(data: string): { readonly found: string; readonly hint: string } | undefined {
  if (/^(REDACTED|DATA\+OMITTED)$/.test(data.trim())) {
    const hint = 'Print the kubeconfig again with kubectl config view --raw --flatten.';
    return { found: 'was removed when the kubeconfig was printed', hint };
  }
  const encodeFile = 'Replace it with the output of base64 -w0 for the file.';
  if (data.includes('-----BEGIN')) return { found: 'is PEM, and not in base64', hint: encodeFile };
  if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(data))
    return { found: 'is not base64', hint: encodeFile };
  const decoded = Buffer.from(data, 'base64');
  if (decoded[0] === derSequence) {
    return {
      found: 'is in DER, and not in PEM',
      hint: 'Convert the file with openssl x509 -inform der, then encode it with base64 -w0.',
    };
  }
  if (decode(decoded.toString('latin1').replace(/\s/g, '')).includes('-----BEGIN')) {
    return { found: 'is encoded in base64 twice', hint: 'Decode it once, with base64 --decode.' };
  }
  return undefined;
}

/** The first byte of every certificate and key in DER. */
const derSequence = 0x30;

/** Reads certificates as client-go does, except that it ignores those that it cannot read. */
function parseCertificates(data: string): {
  readonly certificates: readonly Certificate[];
  readonly problem?: string;
} {
  const text = decode(data);
  const { certificates, unreadable } = new CertificateReader().read(text);
  const invalid = unreadable.find(({ label }) => label === 'CERTIFICATE');
  if (invalid !== undefined) {
    const which = `certificate ${invalid.position}`;
    return {
      certificates,
      problem: `contains a certificate that Kubernetes clients ignore, ${which}: ${invalid.problem}`,
    };
  }
  const isReadable = certificates.length > 0 && pemProblem(text) === undefined && !hasJoinedBlocks(text);
  return isReadable ? { certificates } : { certificates, problem: 'does not contain PEM certificates' };
}

function parseKey(data: string): KeyObject | undefined {
  try {
    return createPrivateKey(decode(data));
  } catch {
    return undefined;
  }
}

function decode(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}

const day = 24 * 60 * 60 * 1000;

/** The time at which credentials must be valid. */
export interface Validity {
  readonly now: Date;
  /** Credentials that expire within this time cause a warning, so that there is time to renew them. */
  readonly warnBeforeDays: number;
}

/**
 * Reports credentials under a key that have expired or expire soon.
 *
 * @param renewal when it is time to renew them; undefined for that many days before
 */
export function validateExpiry(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  key: string,
  expires: Date,
  { now, warnBeforeDays }: Validity,
  renewal = new Date(expires.getTime() - warnBeforeDays * day),
): void {
  const left = expires.getTime() - now.getTime();
  if (!(left <= 0 || renewal <= now)) return;
  const hint = 'Renew it with istio-mesh join --refresh, or replace it with one that expires later.';
  const time = expires.toISOString().replace(/\.\d+Z$/, 'Z');
  if (left <= 0) document.refuse(map, key, 'REMOTE-EXPIRED', `${key} expired on ${time}.`, hint);
  else document.warn(map, key, 'REMOTE-EXPIRING', `${key} expires on ${time}.`, hint);
}
