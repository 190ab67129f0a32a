import { X509Certificate } from 'node:crypto';
import type { Certificate } from './certificate';
import { readCertificateFields } from './certificate-fields';

/**
 * Reads a certificate out of a PEM block or DER.
 *
 * @throws Error where it is not one, or has a key of a kind that node:crypto does not know
 */
export function readCertificate(encoded: string | Buffer): Certificate {
  const x509 = new X509Certificate(encoded);
  return {
    x509,
    publicKey: x509.publicKey,
    name: inOneLine(x509.subject),
    issuerName: inOneLine(x509.issuer),
    fingerprint: x509.fingerprint256,
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    ...readCertificateFields(x509.raw),
  };
}

/** A name may be empty, though not that of a CA. */
function inOneLine(name: string | undefined): string {
  return name?.replaceAll('\n', ', ') || '(no name)';
}
