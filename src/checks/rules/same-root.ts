import type { Certificate } from '../../pki/certificate';
import type { ParsedCaCerts } from '../../pki/parsed-ca-certs';
import type { CaCertsFinding } from './rule';

/** A finding about one of several clusters. */
export interface MeshFinding extends CaCertsFinding {
  /** The name of the cluster. */
  readonly cluster: string;
}

/**
 * Workloads of two clusters accept each other's certificates when each trusts the root of the other. Roots
 * are told apart by their bytes: two that merely have the same name trust nothing of each other.
 *
 * @see https://github.com/istio/istio/issues/39987
 */
export function sameRoot(clusters: readonly ParsedCaCerts[]): MeshFinding[] {
  const usual = mostUsedRoot(clusters);
  if (usual === undefined) return [];
  const apart = clusters.filter((cluster) => !trusts(cluster, usual));
  // What all the others lack is the fault of a cluster with a root of its own, and is told there.
  const inUse = clusters.filter((cluster) => !apart.includes(cluster)).flatMap(({ path }) => path.root ?? []);
  return clusters.flatMap((cluster) => {
    const lacking = inUse.find((root) => !trusts(cluster, root));
    return lacking === undefined ? [] : describe(cluster, lacking, clusters);
  });
}

/** The root of most clusters; of those that are equally many, the one that comes first. */
function mostUsedRoot(clusters: readonly ParsedCaCerts[]): Certificate | undefined {
  const count = ({ fingerprint }: Certificate): number =>
    clusters.filter(({ path }) => path.root?.fingerprint === fingerprint).length;
  const roots = clusters.flatMap(({ path }) => path.root ?? []);
  return roots.reduce<Certificate | undefined>(
    (most, root) => (most === undefined || count(root) > count(most) ? root : most),
    undefined,
  );
}

/** Clusters of whose roots none can be read say so elsewhere. */
function trusts({ bundles }: ParsedCaCerts, { fingerprint }: Certificate): boolean {
  const roots = bundles.rootCert.certificates;
  return roots.length === 0 || roots.some((root) => root.fingerprint === fingerprint);
}

function describe(
  { cluster, bundles }: ParsedCaCerts,
  root: Certificate,
  clusters: readonly ParsedCaCerts[],
): MeshFinding {
  const users = clusters.filter(({ path }) => path.root?.fingerprint === root.fingerprint);
  const names = users.map((user) => user.cluster).join(', ');
  const alike = bundles.rootCert.certificates.some(({ subject }) => subject.equals(root.subject));
  return {
    code: 'CA-ROOTS-DIFFER',
    cluster,
    part: 'rootCert',
    found: `It does not hold the root of ${names}, ${root.name}${alike ? ', but another of the same name' : ''}.`,
    remedy:
      'Issue the intermediate of every cluster under one root, or put all roots into every root-cert.pem.',
  };
}
