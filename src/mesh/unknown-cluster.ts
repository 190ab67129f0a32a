import type { Problem } from './problem';
import { nearest } from './suggestion';

/** What is wrong with a name that no cluster of a mesh has, and which one may be meant. */
export function unknownCluster(
  name: string,
  known: readonly string[],
): Pick<Problem, 'code' | 'found' | 'remedy'> {
  return {
    code: 'MESH-UNKNOWN-CLUSTER',
    found: `${JSON.stringify(name)} is not a cluster of the mesh.`,
    remedy: `Write ${nearest(name, known) ?? `one of ${known.join(', ')}`}.`,
  };
}
