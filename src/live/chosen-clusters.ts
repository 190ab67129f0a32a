import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import { unknownCluster } from '../mesh/unknown-cluster';

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
      .map((name) => ({ ...unknownCluster(name, known), place: {} })),
  );
  return clusters.filter(({ name }) => names.includes(name));
}
