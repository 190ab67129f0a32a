import type { PlainObject } from '../../kubernetes/manifest';
import { caCertsFiles } from '../../pki/ca-certs';
import { CertificateReader } from '../../pki/certificate';
import { dataOf } from './cipher';

/** The roots that a cluster trusts, as the fingerprints of their certificates. */
export interface TrustedRoots {
  /** The name of the cluster. */
  readonly cluster: string;
  readonly roots: readonly string[];
}

/** The roots in the text of a root-cert.pem, as fingerprints in order. */
export function rootsIn(rootCert: string): string[] {
  return new CertificateReader()
    .read(rootCert)
    .certificates.map(({ fingerprint }) => fingerprint)
    .sort();
}

/** The roots in the Secret `cacerts`; none in another Secret. */
export function rootsOfSecret(secret: PlainObject): string[] {
  const rootCert = dataOf(secret).find(([key]) => key === caCertsFiles.rootCert)?.[1];
  return rootCert === undefined ? [] : rootsIn(Buffer.from(rootCert, 'base64').toString('utf8'));
}

/** A cluster that trusts no root of this one; undefined where all have one in common with it. */
export function clusterWithoutSharedRoot(
  { roots }: TrustedRoots,
  clusters: readonly TrustedRoots[],
): TrustedRoots | undefined {
  return clusters.find((other) => !other.roots.some((root) => roots.includes(root)));
}
