import { type Asn1, bytes, fromDer, isOfType, isTagged, oidOf, parts, toDer } from './der';
import { extensionOids } from './sign-certificate';
import { signatureAlgorithmOf } from './signature-algorithm';

/** The fields of a certificate that node:crypto does not provide. */
export interface CertificateFields {
  /** The subject in DER. Two names are equal if their bytes are. */
  readonly subject: Buffer;
  /** The issuer in DER. */
  readonly issuer: Buffer;
  /** The algorithm of the signature, such as sha256WithRSAEncryption. */
  readonly signatureAlgorithm: string;
  /** Whether the basic constraints include CA:TRUE. */
  readonly isCa: boolean;
  /** How many CA certificates are allowed below this one; undefined if there is no limit. */
  readonly pathLength: number | undefined;
  /** The allowed uses of the key; undefined if there is no limit. */
  readonly keyUsage: { readonly keyCertSign: boolean } | undefined;
  /** The OIDs of the allowed purposes; undefined if there is no limit. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** The identifier of the key, which issued certificates refer to; undefined if absent. */
  readonly subjectKeyIdentifier: Buffer | undefined;
}

/** Reads the fields of a certificate from its DER. */
export function readCertificateFields(der: Buffer): CertificateFields {
  const [tbsCertificate, signatureAlgorithm] = parts(fromDer(der));
  const fields = parts(tbsCertificate);
  // Certificates of version 1 have no version field.
  const [, , issuer, , subject, , ...rest] = isTagged(fields[0], 0) ? fields.slice(1) : fields;
  const extensions = readExtensions(rest.find((field) => isTagged(field, 3)));
  const keyUsage = extensions.get(extensionOids.keyUsage);
  const extendedKeyUsage = extensions.get(extensionOids.extendedKeyUsage);
  const subjectKeyIdentifier = extensions.get(extensionOids.subjectKeyIdentifier);
  return {
    subject: toDer(subject as Asn1),
    issuer: toDer(issuer as Asn1),
    signatureAlgorithm: signatureAlgorithmOf(signatureAlgorithm),
    ...readBasicConstraints(extensions.get(extensionOids.basicConstraints)),
    keyUsage: keyUsage && readKeyUsage(keyUsage),
    extendedKeyUsage: extendedKeyUsage && parts(extendedKeyUsage).map(oidOf),
    subjectKeyIdentifier: subjectKeyIdentifier && bytes(subjectKeyIdentifier),
  };
}

function readExtensions(tagged: Asn1 | undefined): Map<string, Asn1> {
  const extensions = tagged === undefined ? [] : parts(parts(tagged)[0]);
  return new Map(
    extensions.map((extension) => {
      const fields = parts(extension);
      return [oidOf(fields[0]), fromDer(bytes(fields.at(-1)))];
    }),
  );
}

function readBasicConstraints(constraints: Asn1 | undefined): Pick<CertificateFields, 'isCa' | 'pathLength'> {
  const fields = constraints === undefined ? [] : parts(constraints);
  const ca = fields.find((field) => isOfType(field, 'BOOLEAN'));
  const pathLength = fields.find((field) => isOfType(field, 'INTEGER'));
  return {
    isCa: ca !== undefined && bytes(ca)[0] !== 0,
    pathLength: pathLength && bytes(pathLength).reduce((number, byte) => number * 256 + byte, 0),
  };
}

function readKeyUsage(keyUsage: Asn1): { keyCertSign: boolean } {
  // The first byte is the number of unused bits in the last; keyCertSign is bit 5 from the left.
  return { keyCertSign: ((bytes(keyUsage)[1] ?? 0) & 0b0000_0100) !== 0 };
}
