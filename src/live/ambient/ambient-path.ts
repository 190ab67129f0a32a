import { hbonePort, helloWorld } from '../../mesh/istio-names';
import type { ObservedCluster } from '../hello-world-path';
import type { LiveCluster } from '../live-cluster';
import type { PeerObservation } from '../observation';
import { agentOf } from '../proxy-location';
import { tcpReachability } from '../reachability';
import { observeZtunnels, type Ztunnel } from './ztunnel';

/**
 * Follows the path of a call from a cluster to a peer in another network, in ambient mode: what ztunnel knows of
 * HelloWorld there, and whether a new connection reaches the gateway. ztunnel opens one for each pod that it speaks for.
 *
 * @param gateways the clusters that have a gateway into the network of the peer
 */
export async function observeAmbientPath(
  { cluster, live, observation }: ObservedCluster,
  to: ObservedCluster,
  gateways: readonly ObservedCluster[],
): Promise<PeerObservation> {
  const pair = { from: cluster.name, to: to.cluster.name };
  const addresses = gateways.flatMap(
    (each) => each.observation.controlPlane?.ambientGateway?.addresses ?? [],
  );
  const agent = agentOf(observation);
  if (live === undefined || addresses.length === 0) return pair;
  const [ztunnels, reached] = await Promise.all([
    observeZtunnels(live),
    agent === undefined ? [] : Promise.all(addresses.map((host) => reach(live, agent, host))),
  ]);
  const known = ztunnels.map((ztunnel) => knowsHelloWorld(ztunnel, to.cluster.network));
  const gateway = reached.find((each) => each === 'reachable') ?? reached[0];
  return {
    ...pair,
    ...(known.length === 0 ? {} : { endpointKnown: known.every(Boolean) }),
    ...(gateway === undefined ? {} : { gateway }),
  };
}

function reach(live: LiveCluster, agent: Parameters<typeof tcpReachability>[1], host: string) {
  return tcpReachability(live, agent, { host, port: hbonePort });
}

/** Whether ztunnel sends a part of the calls of HelloWorld to a network. */
export function knowsHelloWorld({ services, workloads }: Ztunnel, network: string): boolean {
  const service = services.find(
    ({ name, namespace }) => name === helloWorld.service && namespace === helloWorld.namespace,
  );
  const endpoints = new Set(service?.endpoints);
  return workloads.some((workload) => workload.network === network && endpoints.has(workload.uid));
}
