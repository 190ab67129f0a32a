import { unknownCluster } from '../unknown-cluster';
import type { Rule } from './rule';

/** A peer is another cluster of the mesh, named once. */
export const knownPeers: Rule = ({ clusters }) => {
  const names = clusters.map(({ name }) => name);
  return clusters.flatMap(({ name, peers = [] }, clusterIndex) =>
    peers.flatMap((peer, index) => {
      const path = ['clusters', clusterIndex, 'peers', index];
      if (!names.includes(peer)) return { ...unknownCluster(peer, names), path };
      if (peer !== name && peers.indexOf(peer) === index) return [];
      return {
        code: 'MESH-PEER',
        path,
        found: peer === name ? `${name} is a peer of itself.` : `${peer} is a peer of ${name} twice.`,
        remedy: 'Remove it.',
      };
    }),
  );
};
