import type { Cluster } from '../mesh/mesh';

/**
 * The clusters whose HelloWorld should answer calls from a cluster: itself, and the peers that it reaches. A sidecar does
 * not reach a pod in ambient mode in another network, in which Istio leaves the calls to the pods that it does reach.
 */
export function expectedAnswers(from: Cluster, clusters: readonly Cluster[]): Cluster[] {
  const reached = clusters.filter((to) => {
    if (!from.peers.includes(to.name)) return false;
    return to.network === from.network || to.dataPlane !== 'ambient' || from.dataPlane === 'ambient';
  });
  return [from, ...reached];
}
