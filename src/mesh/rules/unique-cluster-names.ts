import type { Rule } from './rule';

/** istiod tells clusters apart by their names alone, and ignores the second of two that are the same. */
export const uniqueClusterNames: Rule = ({ clusters }) =>
  clusters.flatMap(({ name }, index) => {
    const first = clusters.findIndex((cluster) => cluster.name === name);
    if (first === index) return [];
    return {
      code: 'MESH-DUPLICATE-CLUSTER',
      path: ['clusters', index, 'name'],
      found: `clusters[${index}] has the name ${name}, as clusters[${first}] has.`,
      remedy: 'Give each cluster a name of its own.',
    };
  });
