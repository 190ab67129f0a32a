import type { V1Secret } from '@kubernetes/client-node';
import { istioSystem, multiClusterLabels, remoteSecretName } from '../mesh/istio-names';
import { type Cluster, findCluster, type Mesh } from '../mesh/mesh';
import { isTokenDue, lifetimeOf } from '../remotes/reader-token';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { tokenOf } from '../remotes/remote-kubeconfig';
import type { LiveCluster } from './live-cluster';
import type { RemoteSecretObservation } from './observation';
import { ownValue } from './own-value';
import type { PodLocation } from './pod-command';
import { differences, readRemoteSecret } from './remote-secret';
import { undefinedIfRefused } from './timeout';
import { tryRemoteSecret } from './try-remote-secret';

/** What {@link observeRemoteSecrets} needs to know besides the cluster. */
export interface SecretContext {
  readonly mesh: Mesh;
  /** The clients of the clusters that could be reached, by name. */
  readonly clients: ReadonlyMap<string, LiveCluster>;
  /** The kubeconfigs that the next synthesis writes, by cluster; empty where this machine has none. */
  readonly written: Readonly<Record<string, RemoteKubeconfig>>;
  /** A container in the network of istiod; undefined if there is none. */
  readonly agent?: PodLocation;
}

/** Reads the remote secret for each peer of a cluster, and tries it. */
export async function observeRemoteSecrets(
  live: LiveCluster,
  { name: from, peers }: Cluster,
  context: SecretContext,
): Promise<RemoteSecretObservation[]> {
  const secrets = await undefinedIfRefused(listRemoteSecrets(live, peers));
  if (secrets === undefined) {
    const untried = `The kubeconfig of ${from} does not allow to read the Secrets of ${istioSystem}, so the remote secrets were not tried.`;
    return peers.map((peer) => ({
      peer,
      secret: remoteSecretName(peer),
      problems: [],
      untried,
      differs: [],
    }));
  }
  return Promise.all(peers.map((peer) => observe(live, { from, to: peer }, secrets, context)));
}

async function observe(
  reader: LiveCluster,
  pair: { readonly from: string; readonly to: string },
  secrets: readonly V1Secret[],
  { mesh, clients, written, agent }: SecretContext,
): Promise<RemoteSecretObservation> {
  const reading = readRemoteSecret(secrets, pair);
  const { to: peer } = pair;
  if ('problem' in reading) {
    return { peer, secret: remoteSecretName(peer), problems: [reading.problem], differs: [] };
  }
  const { name: secret, kubeconfig, settings } = reading;
  const trial = { ...pair, kubeconfig, settings, reader, peer: clients.get(peer), agent };
  const own = ownValue(written, peer);
  const expires = expiresSoon(settings, findCluster(mesh, peer));
  return {
    peer,
    secret,
    ...(expires === undefined ? {} : { expires }),
    ...(await tryRemoteSecret(trial)),
    differs: own === undefined ? [] : differences(settings, own),
  };
}

/** When a token expires that should be renewed; undefined for others. */
function expiresSoon(kubeconfig: RemoteKubeconfig, peer: Cluster | undefined): Date | undefined {
  const token = tokenOf(kubeconfig);
  const isDue = token !== undefined && peer !== undefined && isTokenDue(token, peer.reader, new Date());
  return isDue ? lifetimeOf(token)?.expires : undefined;
}

/** The Secrets that istiod reads and, for each peer that none of them is for, the Secret with the usual name. */
export async function listRemoteSecrets(live: LiveCluster, peers: readonly string[]): Promise<V1Secret[]> {
  const kind = { apiVersion: 'v1', kind: 'Secret', namespace: istioSystem };
  const labelled = await live.list<V1Secret>({ ...kind, labels: multiClusterLabels });
  const others = peers.filter((peer) => !labelled.some(({ data }) => ownValue(data, peer) !== undefined));
  const named = await Promise.all(
    others.map((peer) => live.read<V1Secret>({ ...kind, name: remoteSecretName(peer) })),
  );
  return [...labelled, ...named.filter((secret) => secret !== undefined)];
}
