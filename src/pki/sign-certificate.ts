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

/** What a certificate says. */
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

/** Signs a certificate of version 3 with the issuer's key, and returns it as a PEM text. */
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

/** The attributes of the names that Istio gives to its CAs. */
const attributeOids = { O: '2.5.4.10', CN: '2.5.4.3', L: '2.5.4.7' } as const;

/** A name in DER, with its attributes in the given order, each as UTF8String. */
export function distinguishedName(
  ...attributes: [type: keyof typeof attributeOids, value: string][]
): Buffer {
  const relativeNames = attributes.map(([type, value]) =>
    set(sequence(oid(attributeOids[type]), primitive('UTF8', Buffer.from(value)))),
  );
  return toDer(sequence(...relativeNames));
}

/** A serial number that nobody can guess: 158 random bits, of the length that RFC 5280 allows at most. */
export function randomSerialNumber(): Buffer {
  const serialNumber = randomBytes(20);
  // 01 in front: positive, and without a leading zero byte that DER would forbid.
  serialNumber[0] = ((serialNumber[0] ?? 0) & 0b0011_1111) | 0b0100_0000;
  return serialNumber;
}

/** The object identifiers of the extensions that matter to a CA. */
export const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

/** Extension subjectKeyIdentifier. */
export function subjectKeyIdentifier(keyIdentifier: Buffer): Asn1 {
  return extension('subjectKeyIdentifier', 'not critical', primitive('OCTETSTRING', keyIdentifier));
}

/** Extension authorityKeyIdentifier. */
export function authorityKeyIdentifier(keyIdentifier: Buffer): Asn1 {
  return extension('authorityKeyIdentifier', 'not critical', sequence(implicit(0, keyIdentifier)));
}

/** Extension basicConstraints of a CA; the path length counts the CA certificates that may follow below. */
export function caConstraints(pathLength?: number): Asn1 {
  const limit = pathLength === undefined ? [] : [primitive('INTEGER', Buffer.of(pathLength))];
  return extension('basicConstraints', 'critical', sequence(primitive('BOOLEAN', Buffer.of(0xff)), ...limit));
}

/** Extension keyUsage as Istio's CA certificates have it. */
export function caKeyUsage(): Asn1 {
  // digitalSignature, nonRepudiation, keyEncipherment and keyCertSign: bits 0, 1, 2 and 5 from the left,
  // after the number of bits, 2, that are not used.
  return extension('keyUsage', 'critical', primitive('BITSTRING', Buffer.of(2, 0b1110_0100)));
}

/** Extension subjectAltName with one DNS name. */
export function dnsAltName(name: string): Asn1 {
  return extension('subjectAltName', 'not critical', sequence(implicit(2, Buffer.from(name, 'ascii'))));
}

/** The extensions of a certificate, as the field of it that holds them. */
export function extensionsField(extensions: readonly Asn1[]): Asn1 {
  return explicit(3, sequence(...extensions));
}

function extension(name: keyof typeof extensionOids, weight: 'critical' | 'not critical', value: Asn1): Asn1 {
  const critical = weight === 'critical' ? [primitive('BOOLEAN', Buffer.of(0xff))] : [];
  return sequence(oid(extensionOids[name]), ...critical, primitive('OCTETSTRING', toDer(value)));
}
