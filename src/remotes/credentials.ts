import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { KubeconfigDocument, KubeconfigMap } from './kubeconfig-document';

const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificates under a key, in base64 on one line; notes what Kubernetes clients could not read.
 * Where there are several, one that has not expired is enough, as in a bundle of authorities.
 */
export function validateCertificates(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  key: string,
  now: Date,
): string | undefined {
  const data = readBase64(document, map, key);
  if (data === undefined) return undefined;
  const certificates = parseCertificates(data);
  if (certificates === undefined) {
    const remedy = 'Write the base64 of a PEM file that starts with -----BEGIN CERTIFICATE-----.';
    document.refuse(map, key, 'REMOTE-CERTIFICATE', `${key} does not hold certificates in PEM.`, remedy);
    return undefined;
  }
  const last = Math.max(...certificates.map(({ validTo }) => Date.parse(validTo)));
  validateExpiry(document, map, key, new Date(last), now);
  return data;
}

/** The client's certificate and its key; notes what istiod could not log in with. */
export function validateKeyPair(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  now: Date,
): { clientCertificateData: string; clientKeyData: string } | undefined {
  const clientCertificateData = validateCertificates(document, map, 'client-certificate-data', now);
  const clientKeyData = readBase64(document, map, 'client-key-data');
  if (clientKeyData === undefined) return undefined;
  const key = parseKey(clientKeyData);
  if (key === undefined) {
    const remedy = 'Write the base64 of a PEM file with a private key that is not encrypted.';
    const found = 'client-key-data does not hold a private key in PEM.';
    document.refuse(map, 'client-key-data', 'REMOTE-CERTIFICATE', found, remedy);
    return undefined;
  }
  if (clientCertificateData === undefined) return undefined;
  if (!parseCertificates(clientCertificateData)?.[0]?.checkPrivateKey(key)) {
    const found = 'client-key-data is not the key of client-certificate-data.';
    const remedy = 'Write the key that belongs to the certificate.';
    document.refuse(map, 'client-key-data', 'REMOTE-CERTIFICATE', found, remedy);
  }
  return { clientCertificateData, clientKeyData };
}

/** The value of a key without its line breaks, which Go's base64 passes over too. */
function readBase64(document: KubeconfigDocument, map: KubeconfigMap, key: string): string | undefined {
  const data = document.string(map, key)?.replace(/[\r\n]/g, '');
  if (data === undefined) return undefined;
  if (data.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(data)) return data;
  const remedy = 'Write the content of the file in base64, as base64 -w0 prints it.';
  document.refuse(map, key, 'REMOTE-CERTIFICATE', `${key} is not base64.`, remedy);
  return undefined;
}

/** Undefined where there is none, or one that cannot be read. */
function parseCertificates(data: string): X509Certificate[] | undefined {
  const blocks = decode(data).match(certificateBlock) ?? [];
  try {
    return blocks.length === 0 ? undefined : blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
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

/** For how long credentials must be good not to be warned about: time for somebody to renew them. */
const warningDays = 7;

/** Notes what has expired under a key, or expires soon. */
export function validateExpiry(
  document: KubeconfigDocument,
  map: KubeconfigMap,
  key: string,
  expires: Date,
  now: Date,
): void {
  const left = expires.getTime() - now.getTime();
  if (!(left <= warningDays * day)) return;
  const remedy = 'Have it renewed with istio-mesh join, or write one that is valid for longer.';
  const time = expires.toISOString().replace(/\.\d+Z$/, 'Z');
  if (left <= 0) document.refuse(map, key, 'REMOTE-EXPIRED', `${key} has expired on ${time}.`, remedy);
  else document.warn(map, key, 'REMOTE-EXPIRING', `${key} expires on ${time}.`, remedy);
}

/** When a JSON Web Token expires; undefined for one that does not, and for other kinds of token. */
export function tokenExpiry(token: string): Date | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof exp === 'number' ? new Date(exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}
