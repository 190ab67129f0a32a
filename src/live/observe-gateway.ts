import type { V1EndpointSlice, V1Pod, V1Service } from '@kubernetes/client-node';
import { clusterDomainOf } from '../mesh/cluster-domain';
import type { Cluster, Mesh } from '../mesh/mesh';
import { type NetworkGateway, networkGatewayOf } from '../mesh/network-gateway';
import { type IstioGateway, passthroughProblems } from './cross-network-gateway';
import { deployment } from './deployment';
import { externalAddresses, type GatewayObjects, serviceProblems } from './gateway-service';
import { helloWorldHost } from './hello-world-host';
import type { LiveCluster } from './live-cluster';
import type { GatewayObservation } from './observation';
import { isPodReady } from './observe-pods';
import { observeRollout } from './rollout';

/** Observes the east-west gateway of a cluster; undefined if the cluster has none, by its definition. */
export async function observeGateway(
  live: LiveCluster,
  mesh: Mesh,
  cluster: Cluster,
): Promise<GatewayObservation | undefined> {
  const gateway = networkGatewayOf(cluster);
  if (gateway === undefined) return undefined;
  const [objects, gateways] = await Promise.all([
    readGateway(live, gateway),
    // All supported Istio versions serve this API version.
    live.list<IstioGateway>({ apiVersion: 'networking.istio.io/v1beta1', kind: 'Gateway' }),
  ]);
  const { service } = objects;
  const isCalled = mesh.verification.helloWorld === 'enabled';
  return {
    pods: objects.readiness ?? { desired: 1, ready: 0 },
    pod: objects.pods.find(isPodReady)?.metadata?.name,
    type: service?.spec?.type ?? 'ClusterIP',
    addresses: service === undefined ? [] : externalAddresses(service),
    problems: [
      ...serviceProblems(cluster, objects),
      ...passthroughProblems(gateways, {
        cluster: cluster.name,
        clusterDomain: clusterDomainOf(cluster.istio.values),
        helloWorldHost: isCalled ? helloWorldHost(cluster) : undefined,
        exposedHosts: cluster.exposedHosts,
        podLabels: objects.pods.map(({ metadata }) => metadata?.labels ?? {}),
      }),
    ],
  };
}

async function readGateway(live: LiveCluster, { name, namespace }: NetworkGateway): Promise<GatewayObjects> {
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
