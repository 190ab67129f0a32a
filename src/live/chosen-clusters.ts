import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import { nearest } from '../mesh/suggestion';

/**
 * The clusters of a mesh that a command is about, in the order of the mesh.
 *
 * @param names undefined for all
 * @throws MeshError for every name that no cluster has
 */
export function chosenClusters({ clusters }: Mesh, names: readonly string[] | undefined): readonly Cluster[] {
  if (names === undefined) return clusters;
  const known = clusters.map(({ name }) => name);
  MeshError.throwIfAny(
    names
      .filter((name) => !known.includes(name))
      .map((name) => ({
        code: 'MESH-UNKNOWN-CLUSTER',
        place: {},
        found: `${JSON.stringify(name)} is not a cluster of the mesh.`,
        remedy: `Write ${nearest(name, known) ?? `one of ${known.join(', ')}`}.`,
      })),
  );
  return clusters.filter(({ name }) => names.includes(name));
}
