import { type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { type Asn1, bitString, explicit, fromDer, oid, primitive, sequence, set, time, toDer } from './der';
import { extensionsField } from './extensions';
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
