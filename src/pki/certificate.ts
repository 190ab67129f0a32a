import type { KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateFields } from './certificate-fields';

/** An X.509 certificate that has been read. */
export interface Certificate extends CertificateFields {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** The subject in one line, such as `O=Istio, CN=Root CA`. */
  readonly name: string;
  /** The issuer in one line. */
  readonly issuerName: string;
  /** The SHA-256 of its DER, in hexadecimal: two certificates are the same when these are. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Whether one certificate names the other as its issuer and was signed by its key. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.issuer.equals(issuer.subject) && certificate.x509.verify(issuer.publicKey);
}

/** Whether a certificate may sign others, as far as its own extensions say. */
export function maySign({ isCa, keyUsage }: Certificate): boolean {
  return isCa && (keyUsage === undefined || keyUsage.keyCertSign);
}

/** Whether a moment is within a certificate's validity. */
export function isValidAt({ notBefore, notAfter }: Certificate, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

/** Whether a certificate is signed with an algorithm that istiod, as every program written in Go, verifies. */
export function hasVerifiableSignature({ signatureAlgorithm }: Certificate): boolean {
  return verifiable.test(signatureAlgorithm);
}

const verifiable =
  /^(sha(256|384|512)WithRSAEncryption|RSASSA-PSS with SHA(256|384|512)|ecdsa-with-SHA(256|384|512)|Ed25519)$/;
