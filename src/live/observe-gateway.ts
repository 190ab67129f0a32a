import { clusterDomainOf } from '../mesh/cluster-domain';
import type { Cluster, Mesh } from '../mesh/mesh';
import { networkGatewayOf } from '../mesh/network-gateway';
import { type IstioGateway, passthroughProblems } from './cross-network-gateway';
import { podsAndType, readGateway } from './gateway-objects';
import { entrancePort, externalAddresses, serviceProblems } from './gateway-service';
import { helloWorldHost } from './hello-world-host';
import type { LiveCluster } from './live-cluster';
import type { GatewayObservation } from './observation';

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
    ...podsAndType(objects),
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
