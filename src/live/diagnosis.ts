import { crossNetworkPort, helloWorld } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { shareRoot } from './cluster-problems';
import type { CallsObservation, ClusterObservation, PeerObservation } from './observation';
import { syncStatuses } from './observe-replicas';

/** All that was seen of a call that should have been answered and was not. */
export interface MissingAnswer {
  readonly from: Cluster;
  readonly to: Cluster;
  readonly caller: ClusterObservation;
  readonly answerer: ClusterObservation;
  /** The clusters with the gateways through which the network of `to` is entered. */
  readonly entrances: readonly ClusterObservation[];
  /** Undefined where no call could be made. */
  readonly calls?: CallsObservation;
  readonly peer?: PeerObservation;
}

/** Why an answer is missing, as the end of a sentence, and what to do about it. */
export interface Diagnosis {
  readonly cause: string;
  readonly hint: string;
}

type Rule = (missing: MissingAnswer) => Diagnosis | undefined;

/** The likely cause of a missing answer: the first that fits, the causes of others before their effects. */
export function diagnose(missing: MissingAnswer): Diagnosis {
  for (const rule of rules) {
    const diagnosis = rule(missing);
    if (diagnosis !== undefined) return diagnosis;
  }
  return {
    cause: `all that was looked at is as it should be${lastFailure(missing)}`,
    hint: `Restart the gateways and HelloWorld, whose certificates may be older than cacerts; see that no PeerAuthentication, AuthorizationPolicy or DestinationRule is about ${helloWorld.service}, and what the proxies log.`,
  };
}

const notSeen: Rule = ({ caller, answerer }) => {
  const unseen = [caller, answerer].find(({ controlPlane }) => controlPlane === undefined);
  return unseen && { cause: `${unseen.cluster} could not be looked at`, hint: mendFirst(unseen.cluster) };
};

const noClient: Rule = ({ caller, calls, from }) => {
  if (calls !== undefined) return undefined;
  const cause = caller.helloWorld?.clients.length === 0 ? 'there is no client' : 'the client is not ready';
  return { cause, hint: mendFirst(from.name) };
};

const noServer: Rule = ({ answerer, to }) =>
  answerer.helloWorld?.servers.some(({ ready }) => ready)
    ? undefined
    : { cause: `the HelloWorld of ${to.name} is not ready`, hint: mendFirst(to.name) };

const noSidecar: Rule = ({ caller, answerer, from, to }) => {
  const bare = (observation: ClusterObservation, part: 'clients' | 'servers') =>
    observation.helloWorld?.[part].some(({ ready, sidecar }) => ready && !sidecar);
  if (from.network === to.network) return undefined;
  const cluster = bare(caller, 'clients') ? from : bare(answerer, 'servers') ? to : undefined;
  return cluster && { cause: `a pod in ${cluster.name} has no sidecar`, hint: mendFirst(cluster.name) };
};

const notSynced: Rule = ({ caller, from, to }) => {
  const statuses = syncStatuses(caller.controlPlane?.replicas ?? [], to.name);
  if (from.name === to.name || (statuses.length === 1 && statuses[0] === 'synced')) return undefined;
  return { cause: `istiod of ${from.name} has not read ${to.name}`, hint: mendFirst(from.name) };
};

const otherNetwork: Rule = ({ caller, answerer, from, to }) => {
  const wrong = [
    { cluster: from, seen: caller },
    { cluster: to, seen: answerer },
  ].find(({ cluster, seen }) => seen.controlPlane?.network !== cluster.network);
  if (wrong === undefined) return undefined;
  const { name } = wrong.cluster;
  return { cause: `${name} is labelled with another network`, hint: mendFirst(name) };
};

const otherRoot: Rule = ({ caller, answerer, from, to }) => {
  const [some = [], others = []] = [caller, answerer].map(
    ({ controlPlane }) => controlPlane?.rootCertificates,
  );
  if (some.length === 0 || others.length === 0 || shareRoot(some, others)) return undefined;
  const hint = 'Mend what is said of the root certificates first.';
  return { cause: `${from.name} and ${to.name} trust different root certificates`, hint };
};

const noEntrance: Rule = ({ entrances, from, to }) => {
  if (from.network === to.network) return undefined;
  const open = entrances.filter(({ controlPlane }) => {
    const gateway = controlPlane?.gateway;
    return (
      gateway !== undefined && gateway.pods.ready > 0 && gateway.passthrough && gateway.addresses.length > 0
    );
  });
  if (open.length > 0) return undefined;
  const cause = `${to.network} has no east-west gateway that is ready and has an address`;
  return { cause, hint: mendFirst(entrances.map(({ cluster }) => cluster).join(' and ') || to.name) };
};

const gatewayOutOfReach: Rule = ({ peer, from, to }) => {
  if (peer?.gateway === undefined || peer.gateway === 'reached') return undefined;
  return {
    cause: `the gateway of ${to.name} cannot be reached from ${from.name}: ${peer.gateway.fault}`,
    hint: `Let the pods of ${from.name} connect to TCP port ${crossNetworkPort} of that address: see the firewalls, security groups and source ranges of both clusters.`,
  };
};

const endpointUnknown: Rule = ({ peer, from, to }) =>
  peer?.endpointKnown === false
    ? {
        cause: `the proxy of the client knows no endpoint at the gateway of ${to.name}`,
        hint: `See that the networks in mesh.yaml are those of the clusters, and what istiod of ${from.name} logs about the gateways of ${to.network}.`,
      }
    : undefined;

const rules: readonly Rule[] = [
  notSeen,
  noClient,
  noServer,
  notSynced,
  otherNetwork,
  noEntrance,
  otherRoot,
  noSidecar,
  gatewayOutOfReach,
  endpointUnknown,
];

function mendFirst(cluster: string): string {
  return `Mend what is said of ${cluster} first.`;
}

function lastFailure({ calls }: MissingAnswer): string {
  return calls?.lastFailure === undefined
    ? ''
    : `, and the last call that failed got ${JSON.stringify(calls.lastFailure)}`;
}
