import type { DefinitionProblem } from '../../problems/problem';
import type { MeshDefinition } from '../definition';
import { unknownCluster } from '../mesh';

/** Something that must hold between the parts of a definition, each of which is well formed. */
export type Rule = (definition: MeshDefinition) => DefinitionProblem[];

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
        message: peer === name ? `${name} is a peer of itself.` : `${peer} is a peer of ${name} twice.`,
        hint: 'Remove it.',
      };
    }),
  );
};

/** istiod tells clusters apart by their names alone, and ignores the second of two that are the same. */
export const uniqueClusterNames: Rule = ({ clusters }) =>
  clusters.flatMap(({ name }, index) => {
    const first = clusters.findIndex((cluster) => cluster.name === name);
    if (first === index) return [];
    return {
      code: 'MESH-DUPLICATE-CLUSTER',
      path: ['clusters', index, 'name'],
      message: `clusters[${index}] has the name ${name}, as clusters[${first}] has.`,
      hint: 'Give each cluster a name of its own.',
    };
  });
