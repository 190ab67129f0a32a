import { type Asn1, bytes, fromDer, isOfType, isTagged, oidOf, parts, toDer } from './der';
import { extensionOids } from './sign-certificate';
import { signatureAlgorithmOf } from './signature-algorithm';

/** What node:crypto does not tell of a certificate. */
export interface CertificateFields {
  /** The subject's DER: names are the same when their bytes are. */
  readonly subject: Buffer;
  /** The issuer's DER. */
  readonly issuer: Buffer;
  /** The algorithm that it was signed with, such as sha256WithRSAEncryption. */
  readonly signatureAlgorithm: string;
  /** Whether basic constraints say that it is a CA. */
  readonly isCa: boolean;
  /** How many CA certificates may follow below it; undefined where any number may. */
  readonly pathLength: number | undefined;
  /** What its key may do; undefined where that is not limited. */
  readonly keyUsage: { readonly keyCertSign: boolean } | undefined;
  /** The purposes, as OIDs, for which it may be used; undefined where that is not limited. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** The identifier by which certificates that it issues name its key; undefined where it has none. */
  readonly subjectKeyIdentifier: Buffer | undefined;
}

/** Reads the fields of a certificate out of its DER. */
export function readCertificateFields(der: Buffer): CertificateFields {
  const [tbsCertificate, signatureAlgorithm] = parts(fromDer(der));
  const fields = parts(tbsCertificate);
  // The version is there in all certificates but those of version 1.
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
  // The first byte counts the unused bits of the last; keyCertSign is bit 5 from the left.
  return { keyCertSign: ((bytes(keyUsage)[1] ?? 0) & 0b0000_0100) !== 0 };
}
