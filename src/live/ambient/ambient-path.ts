import { hbonePort, helloWorld } from '../../mesh/istio-names';
import { firstReachable, type ObservedCluster } from '../hello-world-path';
import type { PeerObservation } from '../observation';
import { agentOf } from '../proxy-location';
import type { Ztunnel } from './ztunnel';

/**
 * Follows the path of a call from a cluster to a peer in another network, in ambient mode: what ztunnel knows of
 * HelloWorld there, and whether a new connection reaches the gateway. ztunnel opens one for each pod that it speaks for.
 *
 * @param gateways the clusters that have a gateway into the network of the peer
 * @param ztunnels those of the calling cluster
 */
export async function observeAmbientPath(
  { cluster, live, observation }: ObservedCluster,
  to: ObservedCluster,
  gateways: readonly ObservedCluster[],
  ztunnels: readonly Ztunnel[],
): Promise<PeerObservation> {
  const pair = { from: cluster.name, to: to.cluster.name };
  const addresses = gateways.flatMap(
    (each) => each.observation.controlPlane?.ambientGateway?.addresses ?? [],
  );
  if (live === undefined || addresses.length === 0) return pair;
  const agent = agentOf(observation);
  const entrances = addresses.map((host) => ({ host, port: hbonePort }));
  const reached = agent && (await firstReachable(live, agent, entrances));
  const known = ztunnels.map((ztunnel) => knowsHelloWorld(ztunnel, to.cluster.network));
  return {
    ...pair,
    ...(known.length === 0 ? {} : { endpointKnown: known.every(Boolean) }),
    ...(reached === undefined ? {} : { gateway: reached.reachability }),
  };
}

/** Whether ztunnel sends a part of the calls of HelloWorld to a network. */
export function knowsHelloWorld({ services, workloads }: Ztunnel, network: string): boolean {
  const service = services.find(
    ({ name, namespace }) => name === helloWorld.service && namespace === helloWorld.namespace,
  );
  const endpoints = new Set(service?.endpoints);
  return workloads.some((workload) => workload.network === network && endpoints.has(workload.uid));
}
