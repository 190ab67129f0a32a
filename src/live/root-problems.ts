import type { Problem } from '../mesh/problem';
import type { ClusterObservation } from './observation';

/**
 * Clusters that trust no root certificate of the first, compared by their bytes: two roots of the same
 * name are still two.
 */
export function rootProblems(observations: readonly ClusterObservation[]): Problem[] {
  const roots = observations.map(({ cluster, controlPlane }) => ({
    cluster,
    fingerprints: controlPlane?.rootCertificates ?? [],
  }));
  const [first, ...others] = roots.filter(({ fingerprints }) => fingerprints.length > 0);
  if (first === undefined) return [];
  return others
    .filter(({ fingerprints }) => !shareRoot(first.fingerprints, fingerprints))
    .map(({ cluster, fingerprints }) => ({
      code: 'LIVE-ROOT',
      place: { file: cluster },
      found: `${cluster} trusts the root certificate ${short(fingerprints)}, and ${first.cluster} trusts ${short(first.fingerprints)}: their workloads refuse each other.`,
      remedy: `Apply 20-cacerts.k8s.yaml of both, then restart istiod, the gateways and the workloads of the one that had another.`,
    }));
}

/** Whether two clusters trust a root in common. */
export function shareRoot(some: readonly string[], others: readonly string[]): boolean {
  return some.some((fingerprint) => others.includes(fingerprint));
}

/** The first bytes of each fingerprint, as openssl x509 -fingerprint -sha256 shows them. */
function short(fingerprints: readonly string[]): string {
  return fingerprints.map((fingerprint) => `${fingerprint.slice(0, 23)}…`).join(' and ');
}
