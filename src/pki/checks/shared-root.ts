import type { Certificate } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';
import type { CaCertsProblem } from './rule';

/** A finding about one of several clusters. */
export interface SharedRootProblem extends CaCertsProblem {
  /** The name of the cluster. */
  readonly cluster: string;
}

/**
 * Workloads of two clusters accept each other's certificates when each trusts the root of the other. Roots
 * are told apart by their bytes: two that merely have the same name trust nothing of each other.
 *
 * @see https://github.com/istio/istio/issues/39987
 */
export function sharedRoot(clusters: readonly ParsedCaCerts[]): SharedRootProblem[] {
  const usual = mostUsedRoot(clusters);
  if (usual === undefined) return [];
  // What all the others lack is the fault of a cluster with a root of its own, and is told there.
  const inUse = rootsOf(clusters.filter((cluster) => trusts(cluster, usual))).map(({ root }) => root);
  return clusters.flatMap((cluster) => {
    const lacking = inUse.find((root) => !trusts(cluster, root));
    return lacking === undefined ? [] : describe(cluster, lacking, clusters);
  });
}

/** The root of most clusters; of those that are equally many, the one that comes first. */
function mostUsedRoot(clusters: readonly ParsedCaCerts[]): Certificate | undefined {
  const roots = rootsOf(clusters);
  const most = Math.max(...roots.map(({ count }) => count));
  return roots.find(({ count }) => count === most)?.root;
}

/** Each root that clusters lead to, once, in their order, and to how many. */
function rootsOf(clusters: readonly ParsedCaCerts[]): { root: Certificate; count: number }[] {
  const found = new Map<string, { root: Certificate; count: number }>();
  for (const { path } of clusters) {
    if (path.root === undefined) continue;
    const { root } = path;
    found.set(root.fingerprint, { root, count: (found.get(root.fingerprint)?.count ?? 0) + 1 });
  }
  return [...found.values()];
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
): SharedRootProblem {
  const users = clusters.filter(({ path }) => path.root?.fingerprint === root.fingerprint);
  const names = users.map((user) => user.cluster).join(', ');
  const alike = bundles.rootCert.certificates.some(({ subject }) => subject.equals(root.subject));
  return {
    code: 'CA-ROOTS-DIFFER',
    cluster,
    part: 'rootCert',
    message: `It does not hold the root of ${names}, ${root.name}${alike ? ', but another of the same name' : ''}.`,
    hint: 'Issue the intermediate of every cluster under one root, or put all roots into every root-cert.pem.',
  };
}
