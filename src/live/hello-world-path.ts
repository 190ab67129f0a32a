import { isIP } from 'node:net';
import { crossNetworkPort, helloWorld } from '../mesh/istio-names';
import type { ConnectedCluster } from './connected-cluster';
import { helloWorldEndpoints } from './hello-world';
import { helloWorldHost } from './hello-world-host';
import type { LiveCluster } from './live-cluster';
import type { ClusterObservation, PeerObservation } from './observation';
import type { PodLocation } from './pod-command';
import { clientProxy } from './proxy-location';
import { askProxy } from './proxy-request';
import { type TcpTarget, tcpReachability } from './reachability';
import { tryHandshakeFromPod } from './workload-handshake';

/** A cluster and its observed state. */
export interface ObservedCluster extends ConnectedCluster {
  readonly observation: ClusterObservation;
}

/**
 * Follows the path of a call from a cluster to a peer in another network with new connections, because an
 * answer may have come over a connection that was open before the path was closed.
 *
 * @param gateways the clusters that have a gateway into the network of the peer
 */
export async function observePath(
  { cluster, live, observation }: ObservedCluster,
  to: ObservedCluster,
  gateways: readonly ObservedCluster[],
): Promise<PeerObservation> {
  const pair = { from: cluster.name, to: to.cluster.name };
  const proxy = clientProxy(observation);
  const entrances = gateways.flatMap((each) => entrancesOf(each.observation));
  if (live === undefined || proxy === undefined || entrances.length === 0) return pair;
  const [endpointKnown, gateway] = await Promise.all([
    isEndpointKnown(live, proxy, entrances),
    firstReachable(live, proxy, entrances),
  ]);
  if (gateway === undefined) {
    return {
      ...pair,
      endpointKnown,
      untried: `pilot-agent does not run in pod ${proxy.namespace}/${proxy.pod}`,
    };
  }
  const { entrance, reachability } = gateway;
  if (reachability !== 'reachable') return { ...pair, endpointKnown, gateway: reachability };
  const handshake = await tryHandshakeFromPod(live, proxy, {
    ...entrance,
    serverName: `outbound_.${helloWorld.port}_._.${helloWorldHost(to.cluster)}`,
    roots: observation.controlPlane?.rootCertificate ?? '',
  });
  return handshake === 'untried'
    ? { ...pair, endpointKnown, gateway: reachability, untried: noNetcat(proxy) }
    : { ...pair, endpointKnown, gateway: reachability, handshake };
}

/** Images of proxies that are distroless have no netcat. */
function noNetcat({ namespace, pod, container }: PodLocation): string {
  return `container ${container} of pod ${namespace}/${pod} does not run nc`;
}

/** The addresses of the gateway, with the port through which other networks enter there. */
function entrancesOf({ controlPlane }: ClusterObservation): TcpTarget[] {
  const { addresses = [], port = crossNetworkPort } = controlPlane?.gateway ?? {};
  return addresses.map((host) => ({ host, port }));
}

/** The first address of a gateway that the proxy reaches; otherwise the first one. */
export async function firstReachable(live: LiveCluster, proxy: PodLocation, entrances: readonly TcpTarget[]) {
  const results = await Promise.all(
    entrances.map(async (entrance) => {
      const reachability = await tcpReachability(live, proxy, entrance);
      return reachability && { entrance, reachability };
    }),
  );
  return results.find((result) => result?.reachability === 'reachable') ?? results[0];
}

/** Whether the proxy of the client has an endpoint of HelloWorld at one of the addresses of a gateway. */
async function isEndpointKnown(
  live: LiveCluster,
  proxy: PodLocation,
  entrances: readonly TcpTarget[],
): Promise<boolean | undefined> {
  const endpoints = helloWorldEndpoints(await askProxy(live, proxy, 'clusters?format=json', 15));
  // istiod resolves the host name of a load balancer, possibly to other addresses than this machine.
  return endpoints?.some(({ address, port }) =>
    entrances.some(
      (entrance) => entrance.host === address || (isIP(entrance.host) === 0 && entrance.port === port),
    ),
  );
}
