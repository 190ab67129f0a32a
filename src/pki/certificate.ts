import { type KeyObject, X509Certificate } from 'node:crypto';
import { type CertificateFields, readCertificateFields } from './certificate-fields';
import { type PemBlock, pemBlocks } from './pem';

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

/** The certificates of a PEM text. */
export interface CertificateBundle {
  /** What each block holds, in order; undefined where it is not a certificate. */
  readonly blocks: readonly (Certificate | undefined)[];
  /** The certificates, in order. */
  readonly certificates: readonly Certificate[];
}

/**
 * Reads PEM texts with certificates, each certificate once however many texts it is in: the root of a
 * mesh is in two files of every cluster.
 */
export class CertificateReader {
  private readonly known = new Map<string, Certificate | undefined>();

  /** Reads a text; blocks that are not a certificate are told, not thrown. */
  read(text: string): CertificateBundle {
    const blocks = pemBlocks(text).map((block) => this.readBlock(block));
    return { blocks, certificates: blocks.filter((certificate) => certificate !== undefined) };
  }

  private readBlock({ label, text }: PemBlock): Certificate | undefined {
    // TRUSTED CERTIFICATE is OpenSSL's own: it has more than the certificate in it, and istiod refuses it.
    if (label !== 'CERTIFICATE') return undefined;
    if (!this.known.has(text)) this.known.set(text, tryToRead(text));
    return this.known.get(text);
  }
}

function tryToRead(text: string): Certificate | undefined {
  try {
    return readCertificate(text);
  } catch {
    return undefined;
  }
}
