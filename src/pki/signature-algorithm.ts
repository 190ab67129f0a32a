import type { KeyObject } from 'node:crypto';
import { type Asn1, isTagged, oid, oidOf, parts, primitive, sequence } from './der';

/** The signature algorithm of a CA. */
export interface SignatureAlgorithm {
  /** The name of the digest in node:crypto. */
  readonly digest: 'sha256' | 'sha384';
  /** The AlgorithmIdentifier in the signed certificate. */
  readonly identifier: Asn1;
}

/**
 * The signature algorithm for a key: SHA-256, as in Istio's Makefile, and SHA-384 for P-384 keys, because
 * SHA-256 would be weaker than the key. istiod signs the certificates of workloads in the same way.
 */
export function signatureAlgorithmFor(key: KeyObject): SignatureAlgorithm {
  if (key.asymmetricKeyType === 'rsa') {
    const parameters = primitive('NULL', Buffer.alloc(0));
    return { digest: 'sha256', identifier: sequence(oid(oids.sha256WithRSAEncryption), parameters) };
  }
  return key.asymmetricKeyDetails?.namedCurve === 'secp384r1'
    ? { digest: 'sha384', identifier: sequence(oid(oids['ecdsa-with-SHA384'])) }
    : { digest: 'sha256', identifier: sequence(oid(oids['ecdsa-with-SHA256'])) };
}

const oids = {
  md5WithRSAEncryption: '1.2.840.113549.1.1.4',
  sha1WithRSAEncryption: '1.2.840.113549.1.1.5',
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
  sha384WithRSAEncryption: '1.2.840.113549.1.1.12',
  sha512WithRSAEncryption: '1.2.840.113549.1.1.13',
  'ecdsa-with-SHA1': '1.2.840.10045.4.1',
  'ecdsa-with-SHA256': '1.2.840.10045.4.3.2',
  'ecdsa-with-SHA384': '1.2.840.10045.4.3.3',
  'ecdsa-with-SHA512': '1.2.840.10045.4.3.4',
  Ed25519: '1.3.101.112',
} as const;

const names = new Map<string, string>(Object.entries(oids).map(([name, identifier]) => [identifier, name]));

const rsassaPss = '1.2.840.113549.1.1.10';

const digests = new Map([
  ['2.16.840.1.101.3.4.2.1', 'SHA256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA512'],
]);

/** The name of an AlgorithmIdentifier, such as sha256WithRSAEncryption; its OID if the name is unknown. */
export function signatureAlgorithmOf(identifier: Asn1 | undefined): string {
  const [algorithm, parameters] = parts(identifier);
  const algorithmOid = oidOf(algorithm);
  if (algorithmOid !== rsassaPss) return names.get(algorithmOid) ?? algorithmOid;
  // The digest of RSASSA-PSS is in parameter 0; the default is SHA-1.
  const digest = parameters && parts(parameters).find((parameter) => isTagged(parameter, 0));
  const digestOid = digest && oidOf(parts(parts(digest)[0])[0]);
  return `RSASSA-PSS with ${digestOid === undefined ? 'SHA1' : (digests.get(digestOid) ?? digestOid)}`;
}
