import type { Rule } from './rule';

/** Where there are several networks, each needs a gateway, or the others can never reach its pods. */
export const gatewayInEveryNetwork: Rule = ({ clusters }) => {
  const networks = new Set(clusters.map(({ network }) => network));
  if (networks.size < 2) return [];
  const entered = new Set(
    clusters.filter(({ eastWestGateway }) => eastWestGateway !== 'disabled').map(({ network }) => network),
  );
  return clusters.flatMap(({ network }, index) => {
    const reported = clusters.findIndex((cluster) => cluster.network === network) !== index;
    if (entered.has(network) || reported) return [];
    return {
      code: 'MESH-GATEWAY',
      path: ['clusters', index, 'eastWestGateway'],
      found: `No cluster of ${network} has an east-west gateway, so no other network can reach its pods.`,
      remedy: 'Remove eastWestGateway: disabled from one of its clusters.',
    };
  });
};
