import { crossNetworkPort, helloWorld } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { shareRoot } from './cluster-problems';
import type { CallsObservation, ClusterObservation, PeerObservation } from './observation';
import { isSynced } from './observe-pods';

/** An expected answer of HelloWorld that did not arrive, with all observations of both clusters. */
export interface MissingAnswer {
  readonly from: Cluster;
  readonly to: Cluster;
  readonly caller: ClusterObservation;
  readonly answerer: ClusterObservation;
  /** The clusters that have a gateway into the network of `to`. */
  readonly gatewayClusters: readonly ClusterObservation[];
  /** Undefined if no call was possible. */
  readonly calls?: CallsObservation;
  readonly peer?: PeerObservation;
}

/** Why an answer is missing. */
export interface LikelyCause {
  /** The end of a sentence. */
  readonly cause: string;
  /** What to do about it, as a sentence. */
  readonly hint: string;
}

type Rule = (missing: MissingAnswer) => LikelyCause | undefined;

/** The likely cause of a missing answer: the first rule that matches. */
export function likelyCause(missing: MissingAnswer): LikelyCause {
  for (const rule of rules) {
    const cause = rule(missing);
    if (cause !== undefined) return cause;
  }
  return {
    cause: `no check found a problem${lastFailure(missing)}`,
    hint: `Restart the gateways and HelloWorld: their certificates may be older than cacerts. Check that no PeerAuthentication, AuthorizationPolicy or DestinationRule applies to ${helloWorld.service}, and read the logs of the proxies.`,
  };
}

const clusterNotObserved: Rule = ({ caller, answerer }) => {
  const unobserved = [caller, answerer].find(({ controlPlane }) => controlPlane === undefined);
  return (
    unobserved && { cause: `${unobserved.cluster} could not be observed`, hint: fixFirst(unobserved.cluster) }
  );
};

const clientNotReady: Rule = ({ caller, calls, from }) => {
  if (calls !== undefined) return undefined;
  const cause =
    caller.helloWorld?.clients.length === 0 ? 'the client does not exist' : 'the client is not ready';
  return { cause, hint: fixFirst(from.name) };
};

const serverNotReady: Rule = ({ answerer, to }) =>
  answerer.helloWorld?.servers.some(({ ready }) => ready)
    ? undefined
    : { cause: `the HelloWorld of ${to.name} is not ready`, hint: fixFirst(to.name) };

const sidecarMissing: Rule = ({ caller, answerer, from, to }) => {
  const hasBarePod = (observation: ClusterObservation, part: 'clients' | 'servers') =>
    observation.helloWorld?.[part].some(({ ready, sidecar }) => ready && !sidecar);
  if (from.network === to.network) return undefined;
  const cluster = hasBarePod(caller, 'clients') ? from : hasBarePod(answerer, 'servers') ? to : undefined;
  return cluster && { cause: `a pod in ${cluster.name} has no sidecar`, hint: fixFirst(cluster.name) };
};

const notSynced: Rule = ({ caller, from, to }) => {
  if (from.name === to.name || isSynced(caller.controlPlane?.replicas ?? [], to.name)) return undefined;
  return { cause: `istiod of ${from.name} has not read ${to.name}`, hint: fixFirst(from.name) };
};

const wrongNetworkLabel: Rule = ({ caller, answerer, from, to }) => {
  const wrong = [
    { cluster: from, observation: caller },
    { cluster: to, observation: answerer },
  ].find(({ cluster, observation }) => observation.controlPlane?.network !== cluster.network);
  if (wrong === undefined) return undefined;
  const { name } = wrong.cluster;
  return { cause: `${name} is labelled with another network`, hint: fixFirst(name) };
};

const differentRoots: Rule = ({ caller, answerer, from, to }) => {
  const [some = [], others = []] = [caller, answerer].map(
    ({ controlPlane }) => controlPlane?.rootCertificates,
  );
  if (some.length === 0 || others.length === 0 || shareRoot(some, others)) return undefined;
  const hint = 'Fix the problems reported for the root certificates first.';
  return { cause: `${from.name} and ${to.name} trust different root certificates`, hint };
};

const noUsableGateway: Rule = ({ gatewayClusters, from, to }) => {
  if (from.network === to.network) return undefined;
  const hasUsableGateway = gatewayClusters.some(({ controlPlane }) => {
    const gateway = controlPlane?.gateway;
    return (
      gateway !== undefined && gateway.pods.ready > 0 && gateway.passthrough && gateway.addresses.length > 0
    );
  });
  if (hasUsableGateway) return undefined;
  const cause = `${to.network} has no east-west gateway that is ready and has an address`;
  return { cause, hint: fixFirst(gatewayClusters.map(({ cluster }) => cluster).join(' and ') || to.name) };
};

const gatewayUnreachable: Rule = ({ peer, from, to }) => {
  if (peer?.gateway === undefined || peer.gateway === 'reachable') return undefined;
  return {
    cause: `the gateway of ${to.name} cannot be reached from ${from.name}: ${peer.gateway.reason}`,
    hint: `Allow the pods of ${from.name} to connect to TCP port ${crossNetworkPort} of that address: check the firewalls, security groups and source ranges of both clusters.`,
  };
};

const endpointUnknown: Rule = ({ peer, from, to }) =>
  peer?.endpointKnown === false
    ? {
        cause: `the proxy of the client has no endpoint at the gateway of ${to.name}`,
        hint: `Check that the networks in mesh.yaml match the clusters, and read what istiod of ${from.name} logs about the gateways of ${to.network}.`,
      }
    : undefined;

/** In the order of cause and effect: a cluster without istiod, for example, also has no ready gateway. */
const rules: readonly Rule[] = [
  clusterNotObserved,
  clientNotReady,
  serverNotReady,
  notSynced,
  wrongNetworkLabel,
  noUsableGateway,
  differentRoots,
  sidecarMissing,
  gatewayUnreachable,
  endpointUnknown,
];

function fixFirst(cluster: string): string {
  return `Fix the problems reported for ${cluster} first.`;
}

function lastFailure({ calls }: MissingAnswer): string {
  return calls?.lastFailure === undefined
    ? ''
    : `, and the last failed call returned ${JSON.stringify(calls.lastFailure)}`;
}
