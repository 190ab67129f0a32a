import type { Certificate } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';
import type { ClusterProblem } from './ca-certs-problem';

/**
 * Checks that every cluster trusts the roots of all others, so that workloads accept each other's
 * certificates. Roots are compared byte by byte: two roots can have the same name but different keys.
 *
 * @see https://github.com/istio/istio/issues/39987
 */
export function sharedRoot(clusters: readonly ParsedCaCerts[]): ClusterProblem[] {
  const usual = mostUsedRoot(clusters);
  if (usual === undefined) return [];
  // A cluster that does not trust the usual root is reported itself. The others need not trust its root.
  const inUse = rootsOf(clusters.filter((cluster) => trusts(cluster, usual))).map(({ root }) => root);
  return clusters.flatMap((cluster) => {
    const untrusted = inUse.find((root) => !trusts(cluster, root));
    return untrusted === undefined ? [] : describe(cluster, untrusted, clusters);
  });
}

/** The root that most clusters use; the first one if several are used equally often. */
function mostUsedRoot(clusters: readonly ParsedCaCerts[]): Certificate | undefined {
  const roots = rootsOf(clusters);
  const most = Math.max(...roots.map(({ count }) => count));
  return roots.find(({ count }) => count === most)?.root;
}

/** The roots that clusters use, in the order of the clusters, each with the number of its clusters. */
function rootsOf(clusters: readonly ParsedCaCerts[]): { root: Certificate; count: number }[] {
  const roots = new Map<string, { root: Certificate; count: number }>();
  for (const { path } of clusters) {
    if (path.root === undefined) continue;
    const { root } = path;
    roots.set(root.fingerprint, { root, count: (roots.get(root.fingerprint)?.count ?? 0) + 1 });
  }
  return [...roots.values()];
}

/** Also true if no root of the cluster can be read, because another rule reports that. */
function trusts({ bundles }: ParsedCaCerts, { fingerprint }: Certificate): boolean {
  const roots = bundles.rootCert.certificates;
  return roots.length === 0 || roots.some((root) => root.fingerprint === fingerprint);
}

function describe(
  { cluster, bundles }: ParsedCaCerts,
  root: Certificate,
  clusters: readonly ParsedCaCerts[],
): ClusterProblem {
  const users = clusters.filter(({ path }) => path.root?.fingerprint === root.fingerprint);
  const names = users.map((user) => user.cluster).join(', ');
  const hasSameName = bundles.rootCert.certificates.some(({ subject }) => subject.equals(root.subject));
  const suffix = hasSameName ? ', but another root of the same name' : '';
  return {
    code: 'CA-ROOTS-DIFFER',
    cluster,
    part: 'rootCert',
    message: `It does not contain the root of ${names}, ${root.name}${suffix}.`,
    hint: 'Issue the intermediate certificates of all clusters under one root, or add all roots to every root-cert.pem.',
  };
}
