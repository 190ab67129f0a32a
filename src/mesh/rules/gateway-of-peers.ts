import type { Rule } from './rule';

/** istiod finds the gateway of a network in the clusters that it reads, and in no others. */
export const gatewayOfPeers: Rule = ({ clusters }) =>
  clusters.flatMap(({ name, network, peers }, index) => {
    if (peers === undefined) return [];
    const read = clusters.filter((cluster) => peers.includes(cluster.name) && cluster.network !== network);
    return [...new Set(read.map((cluster) => cluster.network))].flatMap((other) => {
      const entrances = clusters.filter(
        (cluster) => cluster.network === other && cluster.eastWestGateway !== 'disabled',
      );
      if (entrances.length === 0 || entrances.some((cluster) => peers.includes(cluster.name))) return [];
      return {
        code: 'MESH-GATEWAY' as const,
        path: ['clusters', index, 'peers'],
        found: `${name} reads clusters of ${other}, but none of those with its east-west gateway, so it cannot reach them.`,
        remedy: `Add ${entrances.map((cluster) => cluster.name).join(' or ')}.`,
      };
    });
  });
