import { type Cluster, type Mesh, unknownCluster } from '../mesh/mesh';
import { MeshError } from '../problems/problem';

/**
 * The clusters of a mesh that a command is about, in the order of the mesh.
 *
 * @param names undefined for all
 * @throws MeshError for every name that no cluster has
 */
export function selectClusters({ clusters }: Mesh, names: readonly string[] | undefined): readonly Cluster[] {
  if (names === undefined) return clusters;
  const known = clusters.map(({ name }) => name);
  MeshError.throwIfAny(
    names
      .filter((name) => !known.includes(name))
      .map((name) => ({ ...unknownCluster(name, known), location: {} })),
  );
  return clusters.filter(({ name }) => names.includes(name));
}
