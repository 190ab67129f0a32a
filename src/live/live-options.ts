import { type Cluster, type Mesh, unknownCluster } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';

/** What every command that connects to live clusters needs to know. */
export interface LiveOptions {
  /**
   * The folder that relative paths in the mesh definition start from.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * The names of the clusters to include.
   * @default - all clusters of the mesh
   */
  readonly clusters?: readonly string[];
  /**
   * Receives a message for each step and each wait.
   * @default - no progress is reported
   */
  readonly progress?: Progress;
}

/**
 * The selected clusters of a mesh, in the order of the mesh.
 *
 * @param names undefined for all clusters
 * @throws MeshError for each name that the mesh does not have
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
