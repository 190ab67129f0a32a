import { type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import {
  type Asn1,
  bitString,
  explicit,
  fromDer,
  implicit,
  oid,
  primitive,
  sequence,
  set,
  time,
  toDer,
} from './der';
import { signatureAlgorithmFor } from './signature-algorithm';

/** The content of a certificate. */
export interface CertificateContent {
  /** A positive integer in DER; see {@link randomSerialNumber}. */
  readonly serialNumber: Buffer;
  /** The issuer's name, in DER. */
  readonly issuer: Buffer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The subject's name, in DER; see {@link distinguishedName}. */
  readonly subject: Buffer;
  /** The subject's public key. */
  readonly publicKey: KeyObject;
  readonly extensions: readonly Asn1[];
}

/** Signs a version 3 certificate with the issuer's key, and returns it as a PEM text. */
export function signCertificate(content: CertificateContent, issuerKey: KeyObject): string {
  const { digest, identifier } = signatureAlgorithmFor(issuerKey);
  const tbsCertificate = sequence(
    explicit(0, primitive('INTEGER', Buffer.of(2))),
    primitive('INTEGER', content.serialNumber),
    identifier,
    fromDer(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    fromDer(content.subject),
    fromDer(content.publicKey.export({ type: 'spki', format: 'der' })),
    extensionsField(content.extensions),
  );
  const signature = bitString(sign(digest, toDer(tbsCertificate), issuerKey));
  return new X509Certificate(toDer(sequence(tbsCertificate, identifier, signature))).toString();
}

/** The name attributes of Istio's CAs. */
const attributeOids = { O: '2.5.4.10', CN: '2.5.4.3', L: '2.5.4.7' } as const;

/** A name in DER, with the attributes in this order, each as UTF8String. */
export function distinguishedName(
  ...attributes: [type: keyof typeof attributeOids, value: string][]
): Buffer {
  const relativeNames = attributes.map(([type, value]) =>
    set(sequence(oid(attributeOids[type]), primitive('UTF8', Buffer.from(value)))),
  );
  return toDer(sequence(...relativeNames));
}

/** A serial number with 158 random bits; 20 bytes is the maximum length of RFC 5280. */
export function randomSerialNumber(): Buffer {
  const serialNumber = randomBytes(20);
  // The first bits are 01: the number is positive, and has no leading zero byte, which DER forbids.
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0b0011_1111) | 0b0100_0000;
  return serialNumber;
}

/** The object identifiers of the extensions of CA certificates. */
const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** The extension subjectKeyIdentifier. */
export function subjectKeyIdentifier(keyIdentifier: Buffer): Asn1 {
  return extension('subjectKeyIdentifier', 'not critical', primitive('OCTETSTRING', keyIdentifier));
}

/** The extension authorityKeyIdentifier. */
export function authorityKeyIdentifier(keyIdentifier: Buffer): Asn1 {
  return extension('authorityKeyIdentifier', 'not critical', sequence(implicit(0, keyIdentifier)));
}

/** The extension basicConstraints of a CA; `pathLength` limits the number of CA certificates below it. */
export function caConstraints(pathLength?: number): Asn1 {
  const limit = pathLength === undefined ? [] : [primitive('INTEGER', Buffer.of(pathLength))];
  return extension('basicConstraints', 'critical', sequence(primitive('BOOLEAN', Buffer.of(0xff)), ...limit));
}

/**
 * The extension keyUsage of Istio's CA certificates, and cRLSign: without it, no certificate of the CA could be revoked.
 * Only RSA keys can encipher keys.
 */
export function caKeyUsage({ asymmetricKeyType }: KeyObject): Asn1 {
  // 1 is the number of unused bits. Bits 0, 1, 2, 5 and 6 from the left are digitalSignature,
  // nonRepudiation, keyEncipherment, keyCertSign and cRLSign.
  const bits = asymmetricKeyType === 'rsa' ? 0b1110_0110 : 0b1100_0110;
  return extension('keyUsage', 'critical', primitive('BITSTRING', Buffer.of(1, bits)));
}

/** The extension subjectAltName with one DNS name. */
export function dnsAltName(name: string): Asn1 {
  return extension('subjectAltName', 'not critical', sequence(implicit(2, Buffer.from(name, 'ascii'))));
}

/** The field of a certificate that contains the extensions. */
function extensionsField(extensions: readonly Asn1[]): Asn1 {
  return explicit(3, sequence(...extensions));
}

function extension(
  name: keyof typeof extensionOids,
  criticality: 'critical' | 'not critical',
  value: Asn1,
): Asn1 {
  const critical = criticality === 'critical' ? [primitive('BOOLEAN', Buffer.of(0xff))] : [];
  return sequence(oid(extensionOids[name]), ...critical, primitive('OCTETSTRING', toDer(value)));
}
