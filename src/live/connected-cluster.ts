import type { Cluster } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { refuseOneCluster } from './distinct-clusters';
import { LiveCluster } from './live-cluster';

/** A cluster of a mesh definition, and its client. */
export interface ConnectedCluster {
  readonly cluster: Cluster;
  /** Undefined if the cluster could not be reached. */
  readonly live?: LiveCluster;
  /** Why the cluster could not be reached. */
  readonly problems: readonly Problem[];
}

/**
 * Connects to clusters.
 *
 * @param directory the folder that relative paths in the mesh definition start from
 * @param prepare what to check before the connection
 * @throws MeshError if two of them are one running cluster
 */
export async function connectAll(
  clusters: readonly Cluster[],
  directory: string,
  progress: Progress,
  prepare: (cluster: Cluster, live: LiveCluster) => void = () => {},
): Promise<ConnectedCluster[]> {
  const connected = await Promise.all(
    clusters.map(async (cluster): Promise<ConnectedCluster> => {
      try {
        progress(`Connecting to ${cluster.name}`);
        const live = await LiveCluster.find(cluster, directory);
        prepare(cluster, live);
        await live.connect();
        return { cluster, live, problems: [] };
      } catch (error) {
        if (!(error instanceof MeshError)) throw error;
        return { cluster, problems: error.problems };
      }
    }),
  );
  refuseOneCluster(connected.flatMap(({ live }) => live ?? []));
  return connected;
}
