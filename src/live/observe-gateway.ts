import { clusterDomainOf } from '../mesh/cluster-domain';
import type { Cluster, Mesh } from '../mesh/mesh';
import { networkGatewayOf } from '../mesh/network-gateway';
import { type IstioGateway, passthroughProblems } from './cross-network-gateway';
import { readGateway } from './gateway-objects';
import { entrancePort, externalAddresses, serviceProblems } from './gateway-service';
import { helloWorldHost } from './hello-world-host';
import type { LiveCluster } from './live-cluster';
import type { GatewayObservation } from './observation';
import { isPodReady } from './observe-pods';

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
    port: entrancePort(service),
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
