import type { Cluster } from '../../mesh/mesh';
import type { ConnectedCluster } from '../connected-cluster';
import { askIstiod } from '../istiod-request';
import type { LiveCluster } from '../live-cluster';
import type { IstiodReplica } from '../observation';
import { observeReplicas } from '../observe-pods';
import { listRemoteSecrets } from '../observe-remote-secrets';
import { ownValue } from '../own-value';
import { readRemoteSecret, type SecretReading } from '../remote-secret';
import { type EndpointCounts, parseEndpointCounts } from './endpoint-counts';

/** What one cluster knows about the clusters that it reads. */
export interface ReaderState {
  readonly cluster: Cluster;
  /** The remote secret for each peer, by the name of the peer. */
  readonly secrets: ReadonlyMap<string, SecretReading>;
  /** The ready pods of all istiods. */
  readonly istiods: readonly ReadingIstiod[];
}

/** An istiod pod. */
export interface ReadingIstiod extends IstiodReplica {
  /** The number of endpoints that it knows; undefined if it did not answer. */
  readonly endpoints?: EndpointCounts;
}

/** Observes how a cluster reads its peers. */
export async function observeReader(live: LiveCluster, cluster: Cluster): Promise<ReaderState> {
  const { name: from, peers } = cluster;
  const [secrets, istiods] = await Promise.all([listRemoteSecrets(live, peers), observeIstiods(live)]);
  return {
    cluster,
    secrets: new Map(peers.map((to) => [to, readRemoteSecret(secrets, { from, to })])),
    istiods,
  };
}

/** The istiods of all revisions read remote secrets. */
async function observeIstiods(live: LiveCluster): Promise<ReadingIstiod[]> {
  const replicas = await observeReplicas(live, { app: 'istiod' });
  return Promise.all(
    replicas.map(async (replica) => {
      const answer = await askIstiod(live, replica.pod, '/debug/endpointShardz');
      return { ...replica, endpoints: answer === undefined ? undefined : parseEndpointCounts(answer) };
    }),
  );
}

/** The number of endpoints of a cluster that every istiod of another one knows; undefined if none answered. */
export function endpointsOf(to: string, { istiods }: Pick<ReaderState, 'istiods'>): number | undefined {
  const counts = istiods.flatMap(({ endpoints }) =>
    endpoints === undefined ? [] : [ownValue(endpoints, to) ?? 0],
  );
  return counts.length === 0 ? undefined : Math.min(...counts);
}

/** The clusters that read a cluster. */
export function readersOf(connected: readonly ConnectedCluster[], to: string): ConnectedCluster[] {
  return connected.filter(({ cluster }) => cluster.peers.includes(to));
}
