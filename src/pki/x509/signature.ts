import { constants, verify } from 'node:crypto';
import { constructedTag, DerError, DerReader, tags } from './der-reader';
import type { KeyType, PublicKey } from './public-key';

/** The signature of a certificate or of a list of revoked certificates. */
export interface Signature {
  /** The algorithm, such as sha256WithRSAEncryption; the OID if it is unknown. */
  readonly algorithm: string;
  /** Undefined if Go cannot verify the algorithm, or does not trust it. */
  readonly verification: Verification | undefined;
  /** What is signed. */
  readonly content: Buffer;
  readonly bytes: Buffer;
}

interface Verification {
  readonly keyType: KeyType;
  /** Undefined if the key type determines the digest. */
  readonly digest: 'sha1' | 'sha256' | 'sha384' | 'sha512' | undefined;
  readonly padding?: 'pss';
}

/** The algorithms that Go verifies in certificates, by OID. */
const algorithms: Readonly<Record<string, { readonly name: string } & Partial<Verification>>> = {
  '1.2.840.113549.1.1.4': { name: 'md5WithRSAEncryption' },
  '1.2.840.113549.1.1.5': { name: 'sha1WithRSAEncryption' },
  '1.3.14.3.2.29': { name: 'sha1WithRSA' },
  '1.2.840.113549.1.1.11': { name: 'sha256WithRSAEncryption', keyType: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { name: 'sha384WithRSAEncryption', keyType: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { name: 'sha512WithRSAEncryption', keyType: 'rsa', digest: 'sha512' },
  '1.2.840.113549.1.1.14': { name: 'sha224WithRSAEncryption' },
  '1.2.840.10040.4.3': { name: 'dsa-with-SHA1' },
  '2.16.840.1.101.3.4.3.2': { name: 'dsa-with-SHA256' },
  '1.2.840.10045.4.1': { name: 'ecdsa-with-SHA1' },
  '1.2.840.10045.4.3.1': { name: 'ecdsa-with-SHA224' },
  '1.2.840.10045.4.3.2': { name: 'ecdsa-with-SHA256', keyType: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { name: 'ecdsa-with-SHA384', keyType: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { name: 'ecdsa-with-SHA512', keyType: 'ec', digest: 'sha512' },
  '1.3.101.113': { name: 'Ed448' },
};

const ed25519 = '1.3.101.112';
const rsassaPss = '1.2.840.113549.1.1.10';
const mgf1 = '1.2.840.113549.1.1.8';

const digests: Readonly<
  Record<string, { readonly name: string; readonly digest?: Verification['digest']; readonly size?: bigint }>
> = {
  '1.3.14.3.2.26': { name: 'SHA1' },
  '2.16.840.1.101.3.4.2.1': { name: 'SHA256', digest: 'sha256', size: 32n },
  '2.16.840.1.101.3.4.2.2': { name: 'SHA384', digest: 'sha384', size: 48n },
  '2.16.840.1.101.3.4.2.3': { name: 'SHA512', digest: 'sha512', size: 64n },
};

/** Reads the algorithm of a signature from the content of its AlgorithmIdentifier. */
export function readSignatureAlgorithm(content: Buffer): Pick<Signature, 'algorithm' | 'verification'> {
  const reader = new DerReader(content, 'signature algorithm');
  const oid = reader.oid();
  const parameters = reader.isEmpty ? Buffer.alloc(0) : reader.any().element;
  if (oid === rsassaPss) return readPss(parameters);
  if (oid === ed25519) {
    const isKnown = parameters.length === 0;
    return {
      algorithm: 'Ed25519',
      verification: isKnown ? { keyType: 'ed25519', digest: undefined } : undefined,
    };
  }
  const known = algorithms[oid];
  if (known?.keyType === undefined) return { algorithm: known?.name ?? oid, verification: undefined };
  return { algorithm: known.name, verification: { keyType: known.keyType, digest: known.digest } };
}

/** Go verifies RSASSA-PSS only with the same digest everywhere, and a salt of its length. */
function readPss(parameters: Buffer): Pick<Signature, 'algorithm' | 'verification'> {
  try {
    const fields = new DerReader(parameters, 'signature algorithm').enter(tags.sequence);
    const digest = digestOf(fields.enterOptional(constructedTag(0))?.enter(tags.sequence));
    const known = digests[digest];
    const algorithm = `RSASSA-PSS with ${known?.name ?? digest}`;
    const mask = fields.enterOptional(constructedTag(1))?.enter(tags.sequence);
    const isMgf1 = mask?.oid() === mgf1 && digestOf(mask.enter(tags.sequence)) === digest;
    const salt = fields.enterOptional(constructedTag(2))?.number(63);
    const trailer = fields.enterOptional(constructedTag(3))?.number(63) ?? 1n;
    const isVerifiable = isMgf1 && known?.digest !== undefined && salt === known.size && trailer === 1n;
    const verification: Verification = { keyType: 'rsa', digest: known?.digest, padding: 'pss' };
    return { algorithm, verification: isVerifiable ? verification : undefined };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { algorithm: 'RSASSA-PSS with malformed parameters', verification: undefined };
  }
}

/** The default digest is SHA-1. Its parameters are absent or NULL. */
function digestOf(identifier: DerReader | undefined): string {
  if (identifier === undefined) return '1.3.14.3.2.26';
  const oid = identifier.oid();
  return identifier.isEmpty || identifier.any().tag === tags.null ? oid : identifier.fail();
}

/** Whether a signature was made with the private key of a public key, as Go sees it. */
export function isSignedBy({ verification, content, bytes }: Signature, { type, key }: PublicKey): boolean {
  if (verification === undefined || key === undefined || verification.keyType !== type) return false;
  const padding =
    verification.padding === 'pss'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : {};
  return verify(verification.digest, content, { key, ...padding }, bytes);
}
