import type { Cluster } from '../mesh/mesh';

/** The clusters whose HelloWorld should answer calls from a cluster: itself, and its peers. */
export function expectedAnswers(from: Cluster, clusters: readonly Cluster[]): Cluster[] {
  return [from, ...clusters.filter((to) => to !== from && from.peers.includes(to.name))];
}
