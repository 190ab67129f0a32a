import type { V1Deployment } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { istioSystem } from '../mesh/istio-names';
import type { LiveCluster } from './live-cluster';
import type { IstiodReplica, RemoteClusterStatus } from './observation';
import { observePods } from './observe-pods';
import { orUndefined } from './or-undefined';

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
