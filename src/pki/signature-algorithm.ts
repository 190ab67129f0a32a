import type { KeyObject } from 'node:crypto';
import { type Asn1, oid, primitive, sequence } from './der';

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
  sha256WithRSAEncryption: '1.2.840.113549.1.1.11',
  'ecdsa-with-SHA256': '1.2.840.10045.4.3.2',
  'ecdsa-with-SHA384': '1.2.840.10045.4.3.3',
} as const;
