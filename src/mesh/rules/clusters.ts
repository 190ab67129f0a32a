import type { DefinitionProblem } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { unknownCluster } from '../mesh';

/** A condition that the parts of a well-formed definition must fulfill together. */
export type Rule = (definition: AnyMeshDefinition) => DefinitionProblem[];

/** A cluster lists other clusters of the mesh as peers, each of them once. */
export const knownPeers: Rule = ({ clusters }) => {
  const names = new Set(clusters.map(({ name }) => name));
  return clusters.flatMap(({ name, peers = [] }, clusterIndex) => {
    const listed = new Set<string>();
    return peers.flatMap((peer, index) => {
      const path = ['clusters', clusterIndex, 'peers', index];
      if (!names.has(peer)) return { ...unknownCluster(peer, [...names]), path };
      if (peer !== name && !listed.has(peer)) {
        listed.add(peer);
        return [];
      }
      return {
        code: 'MESH-PEER',
        path,
        message: peer === name ? `${name} lists itself as a peer.` : `${name} lists the peer ${peer} twice.`,
        hint: 'Remove this peer.',
      };
    });
  });
};

/** istiod identifies clusters by name, and ignores the second cluster with the same name. */
export const uniqueClusterNames: Rule = ({ clusters }) => {
  const firstIndexes = new Map<string, number>();
  return clusters.flatMap(({ name }, index) => {
    const first = firstIndexes.get(name);
    if (first === undefined) {
      firstIndexes.set(name, index);
      return [];
    }
    return {
      code: 'MESH-DUPLICATE-CLUSTER',
      path: ['clusters', index, 'name'],
      message: `clusters[${index}] has the same name as clusters[${first}], ${JSON.stringify(name)}.`,
      hint: 'Give each cluster a unique name.',
    };
  });
};
