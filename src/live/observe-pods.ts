import type { V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { LiveCluster } from './live-cluster';
import type { PodObservation } from './observation';

/** The container that Istio injects, and in which a gateway's proxy runs. */
export const proxyContainer = 'istio-proxy';

/** The pods with some labels, those that are about to end left out. */
export async function observePods(
  live: LiveCluster,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Promise<PodObservation[]> {
  const pods = await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod', namespace, labels });
  return pods
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .map(({ metadata, spec, status }) => {
      // A native sidecar is an init container.
      const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
      return {
        name: metadata?.name ?? '',
        ready: status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true,
        sidecar: containers.some(({ name }) => name === proxyContainer),
      };
    });
}
