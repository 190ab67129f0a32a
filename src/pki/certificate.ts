import { type KeyObject, X509Certificate } from 'node:crypto';
import { type CertificateFields, readCertificateFields } from './certificate-fields';
import { type PemBlock, pemBlocks } from './pem';

/** A parsed X.509 certificate. */
export interface Certificate extends CertificateFields {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  /** The subject on one line, such as `O=Istio, CN=Root CA`. */
  readonly name: string;
  /** The issuer on one line. */
  readonly issuerName: string;
  /** The SHA-256 hash of the DER, in hexadecimal. Two certificates are equal if their fingerprints are. */
  readonly fingerprint: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Whether a certificate names another one as its issuer and was signed with its key. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.issuer.equals(issuer.subject) && certificate.x509.verify(issuer.publicKey);
}

/** Whether the extensions of a certificate allow it to sign others. */
export function maySign({ isCa, keyUsage }: Certificate): boolean {
  return isCa && (keyUsage === undefined || keyUsage.keyCertSign);
}

/** Whether a certificate is valid at a point in time. */
export function isValidAt({ notBefore, notAfter }: Certificate, now: Date): boolean {
  return notBefore <= now && now <= notAfter;
}

/** Whether istiod, like every Go program, accepts the signature algorithm of a certificate. */
export function hasVerifiableSignature({ signatureAlgorithm }: Certificate): boolean {
  return verifiable.test(signatureAlgorithm);
}

const verifiable =
  /^(sha(256|384|512)WithRSAEncryption|RSASSA-PSS with SHA(256|384|512)|ecdsa-with-SHA(256|384|512)|Ed25519)$/;

/**
 * Reads a certificate from a PEM block or DER.
 *
 * @throws Error if it is not a certificate, or has a key type that node:crypto does not support
 */
export function readCertificate(encoded: string | Buffer): Certificate {
  const x509 = new X509Certificate(encoded);
  return {
    x509,
    publicKey: x509.publicKey,
    name: onOneLine(x509.subject),
    issuerName: onOneLine(x509.issuer),
    fingerprint: x509.fingerprint256,
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    ...readCertificateFields(x509.raw),
  };
}

/** Only the name of a CA must not be empty. */
function onOneLine(name: string | undefined): string {
  return name?.replaceAll('\n', ', ') || '(no name)';
}

/** The certificates of a PEM text. */
export interface CertificateBundle {
  /** The certificate of each block, in order; undefined if a block is not a certificate. */
  readonly blocks: readonly (Certificate | undefined)[];
  /** The certificates, in order. */
  readonly certificates: readonly Certificate[];
}

/**
 * Reads PEM texts with certificates. Parses each certificate only once, because the root of a mesh is in
 * two files of every cluster.
 */
export class CertificateReader {
  private readonly known = new Map<string, Certificate | undefined>();

  /** Reads a text. Blocks that are not certificates become undefined. */
  read(text: string): CertificateBundle {
    const blocks = pemBlocks(text).map((block) => this.readBlock(block));
    return { blocks, certificates: blocks.filter((certificate) => certificate !== undefined) };
  }

  private readBlock({ label, text }: PemBlock): Certificate | undefined {
    // istiod rejects TRUSTED CERTIFICATE, a format of OpenSSL with additional data.
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
