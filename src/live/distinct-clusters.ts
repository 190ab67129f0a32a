import { resolve } from 'node:path';
import type { Cluster } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import { joined } from '../problems/sentence';
import { groupBy } from './group-by';
import type { LiveCluster } from './live-cluster';

/**
 * Refuses clusters of a mesh definition that lead to one context of one kubeconfig. Without this, the token and
 * the network of one cluster would be taken for those of another.
 *
 * @param directory the folder that relative paths in the mesh definition start from
 * @throws MeshError for each context that several clusters lead to
 */
export function refuseSharedContexts(clusters: readonly Cluster[], directory: string): void {
  const keyOf = ({ kubeconfig, context = '' }: Cluster) =>
    `${kubeconfig === undefined ? '' : resolve(directory, kubeconfig)}\n${context}`;
  MeshError.throwIfAny(
    shared(clusters, keyOf).map((group) => {
      const found = sourceOf(group[0]);
      return problem(
        group,
        `${namesOf(group)} have ${found} in mesh.yaml, so they are one cluster.`,
        'Set kubeconfig: or context: of each cluster in mesh.yaml.',
      );
    }),
  );
}

/**
 * Refuses clusters of a mesh definition that are one running cluster.
 *
 * @param clusters clients that are connected
 * @throws MeshError for each running cluster that several clusters of the definition lead to
 */
export function refuseOneCluster(clusters: readonly LiveCluster[]): void {
  const sameUID = shared(
    clusters.filter(({ uid }) => uid !== undefined),
    ({ uid = '' }) => uid,
  );
  // Two clusters can have one private address behind two proxies, so the address counts only without a UID.
  const sameAddress = shared(
    clusters.filter(({ uid }) => uid === undefined),
    ({ address }) => address,
  );
  MeshError.throwIfAny([
    ...sameUID.map((group) => sameCluster(group, `the namespace kube-system has the UID ${group[0]?.uid}`)),
    ...sameAddress.map((group) => sameCluster(group, `the API server is ${group[0]?.server}`)),
  ]);
}

function sourceOf({ kubeconfig, context }: Partial<Cluster> = {}): string {
  if (kubeconfig === undefined && context === undefined) return 'neither kubeconfig: nor context:';
  const file = kubeconfig === undefined ? 'no kubeconfig:' : `kubeconfig: ${kubeconfig}`;
  return `${file} and ${context === undefined ? 'no context:' : `context: ${context}`}`;
}

function sameCluster(group: readonly LiveCluster[], evidence: string): Problem {
  return problem(
    group,
    `${namesOf(group)} are one cluster: ${evidence} in each.`,
    'Set kubeconfig: or context: of each cluster in mesh.yaml to a cluster of its own, or remove all but one of them.',
  );
}

function namesOf(group: readonly { readonly name: string }[]): string {
  return joined(group.map(({ name }) => name));
}

function problem(group: readonly { readonly name: string }[], message: string, hint: string): Problem {
  return { code: 'LIVE-SAME-CLUSTER', location: { file: group[0]?.name }, message, hint };
}

function shared<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return groupBy(items, keyOf).filter((group) => group.length > 1);
}
