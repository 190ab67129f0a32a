import type { V1Deployment, V1EndpointSlice, V1Pod, V1Service } from '@kubernetes/client-node';
import { deployment } from './deployment';
import type { LiveCluster } from './live-cluster';
import type { GatewayObservation, Readiness } from './observation';
import { isPodReady } from './observe-pods';
import { observeRollout } from './rollout';

/** The east-west gateway of a cluster, as its API server returns it. */
export interface GatewayObjects {
  readonly service?: V1Service;
  readonly deployment?: V1Deployment;
  /** The number of pods of the newest generation. */
  readonly readiness?: Readiness;
  /** The EndpointSlices of the Service. */
  readonly slices: readonly V1EndpointSlice[];
  /** The pods of the Deployment that are not terminating. */
  readonly pods: readonly V1Pod[];
}

/** Reads the objects of a gateway. Its Deployment and its Service have its name. */
export async function readGateway(
  live: LiveCluster,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): Promise<GatewayObjects> {
  const [service, pods, slices] = await Promise.all([
    live.read<V1Service>({ apiVersion: 'v1', kind: 'Service', name, namespace }),
    deployment(live, name, namespace),
    live.list<V1EndpointSlice>({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      namespace,
      labels: { 'kubernetes.io/service-name': name },
    }),
  ]);
  const labels = pods?.spec?.selector.matchLabels ?? {};
  const all =
    Object.keys(labels).length === 0
      ? []
      : await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod', namespace, labels });
  return {
    service,
    deployment: pods,
    readiness: pods && (await observeRollout(live, pods)),
    slices,
    pods: all.filter(({ metadata }) => metadata?.deletionTimestamp === undefined),
  };
}

/** What is observed of every gateway, in any data plane. */
export function podsAndType({
  service,
  readiness,
  pods,
}: GatewayObjects): Pick<GatewayObservation, 'pods' | 'pod' | 'type'> {
  return {
    pods: readiness ?? { desired: 1, ready: 0 },
    pod: pods.find(isPodReady)?.metadata?.name,
    type: service?.spec?.type ?? 'ClusterIP',
  };
}
