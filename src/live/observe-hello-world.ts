import type { V1Deployment, V1Service } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { helloWorld } from '../mesh/hello-world';
import type { LiveCluster } from './live-cluster';
import type { HelloWorldObservation, PodObservation } from './observation';
import { observePods } from './observe-pods';

/** Looks at HelloWorld and its client in a cluster. */
export async function observeHelloWorld(live: LiveCluster): Promise<HelloWorldObservation> {
  const { namespace, service: serviceName, client: clientName } = helloWorld;
  const [service, client] = await Promise.all([
    live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name: serviceName, namespace }),
    live.read<V1Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', name: clientName, namespace }),
  ]);
  const [servers, clients] = await Promise.all([
    podsOf(live, service?.spec?.selector),
    podsOf(live, client?.spec?.selector.matchLabels),
  ]);
  return { servers, clients };
}

/** No selector, no pods: nothing must not select everything. */
async function podsOf(
  live: LiveCluster,
  labels: Readonly<Record<string, string>> = {},
): Promise<PodObservation[]> {
  return Object.keys(labels).length === 0 ? [] : observePods(live, helloWorld.namespace, labels);
}
