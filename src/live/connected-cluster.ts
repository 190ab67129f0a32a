import type { Cluster } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { refuseOneCluster } from './distinct-clusters';
import { LiveCluster } from './live-cluster';

/** A cluster of a mesh definition, and its client. */
export interface ConnectedCluster {
  readonly cluster: Cluster;
  /** The client; undefined if the cluster has no usable kubeconfig. */
  readonly client?: LiveCluster;
  /** The same client; undefined if the cluster could not be reached. */
  readonly live?: LiveCluster;
  /** Why the cluster could not be reached. */
  readonly problems: readonly Problem[];
}

/**
 * Connects to clusters.
 *
 * @param directory the folder that relative paths in the mesh definition start from
 * @throws MeshError if two of them are one running cluster
 */
export async function connectAll(
  clusters: readonly Cluster[],
  directory: string,
  progress: Progress,
): Promise<ConnectedCluster[]> {
  const connected = await Promise.all(
    clusters.map(async (cluster): Promise<ConnectedCluster> => {
      let client: LiveCluster | undefined;
      try {
        progress(`Connecting to ${cluster.name}`);
        client = await LiveCluster.find(cluster, directory);
        await client.connect();
        return { cluster, client, live: client, problems: [] };
      } catch (error) {
        if (!(error instanceof MeshError)) throw error;
        return { cluster, client, problems: error.problems };
      }
    }),
  );
  refuseOneCluster(connected.flatMap(({ live }) => live ?? []));
  return connected;
}
