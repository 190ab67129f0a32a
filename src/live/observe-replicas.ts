import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { istioSystem } from '../mesh/istio-names';
import type { LiveCluster } from './live-cluster';
import type { IstiodReplica, RemoteClusterStatus } from './observation';
import { observePods } from './observe-cluster';
import { orUndefined } from './timeout';

/** Asks every istiod pod that is ready which clusters it reads. */
export async function observeReplicas(live: LiveCluster, istiod: V1Deployment): Promise<IstiodReplica[]> {
  const pods = await observePods(live, istioSystem, istiod.spec?.selector.matchLabels ?? {});
  const ready = pods.filter((pod) => pod.ready);
  return Promise.all(
    ready.map(async ({ name }) => ({ pod: name, remoteClusters: await remoteClusters(live, name) })),
  );
}

/** Undefined where the pod does not say, for instance because it ends just now. */
async function remoteClusters(live: LiveCluster, pod: string): Promise<RemoteClusterStatus[] | undefined> {
  const command = ['pilot-discovery', 'request', 'GET', '/debug/clusterz'];
  const result = await orUndefined(
    live.run({ namespace: istioSystem, pod, container: 'discovery', command, timeoutSeconds: 10 }),
  );
  return result && parseRemoteClusters(result.stdout);
}

/** Reads the answer of istiod's debug endpoint `clusterz`; undefined for anything else. */
export function parseRemoteClusters(text: string): RemoteClusterStatus[] | undefined {
  try {
    const entries: unknown = JSON.parse(text);
    if (!Array.isArray(entries)) return undefined;
    return entries.map(({ id, secretName, syncStatus }) => ({
      id: String(id),
      secretName: String(secretName ?? ''),
      syncStatus: String(syncStatus),
    }));
  } catch {
    return undefined;
  }
}

/** The status of a peer that an istiod pod knows nothing of. */
export const notTaken = 'no remote secret';

/**
 * What the istiod pods of a cluster say of a peer, each saying once: `synced`, `syncing`, `timeout` or
 * `closed` in their own words; in ours, where they know nothing of it or do not say.
 */
export function syncStatuses(replicas: readonly IstiodReplica[], peer: string): string[] {
  if (replicas.length === 0) return ['no pod of istiod is ready'];
  const statuses = replicas.map(({ remoteClusters }) => {
    if (remoteClusters === undefined) return 'istiod does not say';
    const entry = remoteClusters.find(({ id, secretName }) => id === peer && secretName !== '');
    return entry?.syncStatus ?? notTaken;
  });
  return [...new Set(statuses)];
}
