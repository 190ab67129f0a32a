import { crossNetworkPort, hbonePort, helloWorld, istioSystem } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { networkGatewayOf } from '../mesh/network-gateway';
import { ztunnelDaemonSet } from '../mesh/ztunnel';
import { joined, withoutDot } from '../problems/sentence';
import { shareRoot } from './cluster-problems';
import { hasLabels } from './label-selector';
import type { LiveProblem } from './live-problem';
import type {
  CallsObservation,
  ClusterObservation,
  GatewayObservation,
  PeerObservation,
} from './observation';
import { isInMesh, isSynced, proxyContainer } from './observe-pods';
import type { PolicyObservation } from './policies';

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
  /** The policies of the two clusters that forbid calls; undefined if they were not read. */
  readonly callerPolicies?: PolicyObservation;
  readonly answererPolicies?: PolicyObservation;
}

/** Why an answer is missing. */
export interface LikelyCause extends Pick<LiveProblem, 'hint' | 'mayPass'> {
  /** The end of a sentence. */
  readonly cause: string;
}

/** `reported` if the cause is a problem that the report has already. */
type Rule = (missing: MissingAnswer) => LikelyCause | 'reported' | undefined;

/**
 * The likely cause of a missing answer: the first rule that matches. `reported` if the report says it already,
 * as a problem of one of the clusters.
 */
export function likelyCause(missing: MissingAnswer): LikelyCause | 'reported' {
  for (const rule of rules) {
    const cause = rule(missing);
    if (cause !== undefined) return cause;
  }
  const { callerPolicies, answererPolicies, from, to } = missing;
  const observed = from.name === to.name ? [callerPolicies] : [callerPolicies, answererPolicies];
  const [possible] = observed.flatMap((policies) => policies?.possible ?? []);
  if (possible !== undefined) {
    return {
      cause: `no check found a problem${lastFailure(missing)}. A possible cause: ${withoutDot(possible.message)}`,
      hint: possible.hint,
      mayPass: true,
    };
  }
  return {
    cause: `no check found a problem${lastFailure(missing)}`,
    hint: `Read the logs of the proxies: kubectl ${logsOfCaller(from)} in ${from.name}, and those of HelloWorld and of the east-west gateway in ${to.name}.`,
    mayPass: true,
  };
}

/** Where the proxy of the client writes its log: in ambient mode, that of its node. */
function logsOfCaller({ helloWorld: { dataPlane }, istio: { ztunnel } }: Cluster): string {
  if (dataPlane === 'sidecar') {
    return `-n ${helloWorld.namespace} logs deployment/${helloWorld.client} -c ${proxyContainer}`;
  }
  const { namespace = istioSystem, name = ztunnelDaemonSet } = ztunnel ?? {};
  return `-n ${namespace} logs daemonset/${name}`;
}

const clusterNotObserved: Rule = ({ caller, answerer }) =>
  [caller, answerer].some(({ controlPlane }) => controlPlane === undefined) ? 'reported' : undefined;

const clientNotReady: Rule = ({ calls }) => (calls === undefined ? 'reported' : undefined);

const serverNotReady: Rule = ({ answerer }) =>
  answerer.helloWorld?.servers.some(({ ready }) => ready) ? undefined : 'reported';

const outsideMesh: Rule = ({ caller, answerer, from, to }) => {
  const hasBarePod = (cluster: Cluster, observation: ClusterObservation, part: 'clients' | 'servers') =>
    observation.helloWorld?.[part].some((pod) => pod.ready && !isInMesh(cluster, pod));
  if (from.network === to.network) return undefined;
  return hasBarePod(from, caller, 'clients') || hasBarePod(to, answerer, 'servers') ? 'reported' : undefined;
};

const secretBroken: Rule = ({ caller, to }) =>
  caller.remoteSecrets?.some(({ peer, problems }) => peer === to.name && problems.length > 0)
    ? 'reported'
    : undefined;

const notSynced: Rule = ({ caller, from, to }) =>
  from.name === to.name || isSynced(caller.controlPlane?.replicas ?? [], to.name) ? undefined : 'reported';

const wrongNetworkLabel: Rule = ({ caller, answerer, from, to }) =>
  caller.controlPlane?.network !== from.network || answerer.controlPlane?.network !== to.network
    ? 'reported'
    : undefined;

const wrongMeshConfig: Rule = ({ caller, answerer }) =>
  [caller, answerer].some(({ problems }) => problems.some(({ code }) => code === 'LIVE-MESH-CONFIG'))
    ? 'reported'
    : undefined;

const differentRoots: Rule = ({ caller, answerer }) => {
  const [some = [], others = []] = [caller, answerer].map(
    ({ controlPlane }) => controlPlane?.rootCertificates,
  );
  return some.length === 0 || others.length === 0 || shareRoot(some, others) ? undefined : 'reported';
};

const noUsableGateway: Rule = ({ gatewayClusters, from, to }) => {
  if (from.network === to.network) return undefined;
  const gateways = gatewayClusters.map(({ controlPlane }) => gatewayFor(from, controlPlane));
  return gateways.some((gateway) => gateway?.problems.length === 0) ? undefined : 'reported';
};

/** The gateway that calls from a cluster enter through. */
function gatewayFor(
  { helloWorld: { dataPlane } }: Cluster,
  controlPlane: ClusterObservation['controlPlane'],
): GatewayObservation | undefined {
  return dataPlane === 'ambient' ? controlPlane?.ambientGateway : controlPlane?.gateway;
}

/** Policies of either cluster that forbid the call. */
const forbidden: Rule = ({ callerPolicies, answererPolicies, from, to, calls }) => {
  const isDenied = /RBAC: access denied/.test(calls?.lastFailure ?? '');
  const [problem] = [
    ...(callerPolicies?.outbound ?? []),
    ...(answererPolicies?.inbound ?? []),
    ...(from.network === to.network
      ? []
      : [...(answererPolicies?.gateway ?? []), ...(callerPolicies?.distribution ?? [])]),
    ...(isDenied ? (answererPolicies?.authorization ?? []) : []),
  ];
  return problem && { cause: withoutDot(problem.message), hint: problem.hint, mayPass: false };
};

/** A VirtualService that sends all calls to pods that the cluster does not have, or that its gateway does not know. */
const otherSubset: Rule = ({ callerPolicies, answererPolicies, answerer, from, to }) => {
  const { subsets: route } = callerPolicies ?? {};
  if (route === undefined) return undefined;
  const names = joined(route.subsets.map(({ name }) => name));
  const servers =
    answerer.helloWorld?.servers.filter(({ ready, labels }) => ready && labels !== undefined) ?? [];
  const matching = route.subsets.filter((subset) =>
    servers.some(({ labels }) => hasLabels(labels, subset.labels)),
  );
  if (servers.length > 0 && matching.length === 0) {
    return {
      cause: `${route.by} sends all calls to the subset ${names}, which no pod of ${to.name} belongs to`,
      hint: `Add a subset with the pods of ${to.name}, or delete the VirtualService in ${from.name}: kubectl delete ${route.command}.`,
      mayPass: false,
    };
  }
  const known = answererPolicies?.gatewaySubsets;
  if (from.network === to.network || known === undefined) return undefined;
  if (matching.some(({ name }) => known.includes(name))) return undefined;
  return {
    cause: `${route.by} sends all calls to the subset ${names}, which the gateway of ${to.name} does not know`,
    hint: `Apply the DestinationRule that defines it in ${to.name}, too.`,
    mayPass: false,
  };
};

const tlsModeLabel = 'security.istio.io/tlsMode';

/** istiod leaves out endpoints in other networks whose pods have another label than the one that injection adds. */
const plainTextServers: Rule = ({ answerer, from, to }) => {
  const modes = (answerer.helloWorld?.servers ?? [])
    .filter(({ ready }) => ready)
    .map(({ labels }) => labels?.[tlsModeLabel] ?? 'istio');
  if (from.network === to.network || modes.length === 0 || modes.includes('istio')) return undefined;
  return {
    cause: `the pods of HelloWorld in ${to.name} have the label ${tlsModeLabel}: ${modes[0]}, so other networks do not call them`,
    hint: `Remove the label from the pod template of their Deployment in ${to.name}.`,
    mayPass: false,
  };
};

const gatewayUnreachable: Rule = ({ peer, from, to, gatewayClusters }) => {
  if (peer?.gateway === undefined || peer.gateway === 'reachable') return undefined;
  const ports = gatewayClusters.map(({ controlPlane }) => controlPlane?.gateway?.port ?? crossNetworkPort);
  const port =
    from.helloWorld.dataPlane === 'ambient'
      ? hbonePort
      : [...new Set(ports)].join(' or ') || crossNetworkPort;
  return {
    cause: `the gateway of ${to.network} cannot be reached from ${from.name}: ${peer.gateway.reason}`,
    hint: `Allow the pods of ${from.name} to connect to TCP port ${port} of that address: check the firewalls, security groups, NetworkPolicies and source ranges of both clusters.`,
    mayPass: true,
  };
};

const endpointUnknown: Rule = ({ peer, from, to }) => {
  if (peer?.endpointKnown !== false) return undefined;
  return from.helloWorld.dataPlane === 'ambient' ? unknownToZtunnel(from, to) : unknownToSidecar(from, to);
};

function unknownToZtunnel(from: Cluster, to: Cluster): LikelyCause {
  const { namespace, service } = helloWorld;
  return {
    cause: `ztunnel of ${from.name} does not send calls of HelloWorld to ${to.network}`,
    hint: `Check that Service ${namespace}/${service} has the label istio.io/global: "true" in ${from.name} and in ${to.name}, and that istiod of ${to.name} has programmed its Gateway of the class istio-east-west. Then read the log of istiod of ${from.name}.`,
    mayPass: true,
  };
}

function unknownToSidecar(from: Cluster, to: Cluster): LikelyCause {
  return {
    cause: `the proxy of the client in ${from.name} has no endpoint at the gateway of ${to.network}`,
    hint: `Read what istiod of ${from.name} logs about the gateways of ${to.network}. If ${from.name} has a PeerAuthentication with mode DISABLE for HelloWorld, delete it: istiod then has no endpoints in other networks.`,
    mayPass: true,
  };
}

const connectionClosed: Rule = ({ peer, from, to }) => {
  const handshake = peer?.handshake;
  if (handshake === undefined || 'identity' in handshake) return undefined;
  const gateway = networkGatewayOf(to);
  return {
    cause: `a new connection from ${from.name} through the gateway of ${to.network} does not reach HelloWorld: ${handshake.reason}`,
    hint: `Read the logs of the gateway's proxy in ${to.name}: kubectl -n ${gateway?.namespace} logs deployment/${gateway?.name}. Check that istiod of ${to.name} has sent it the Gateways and the endpoints of HelloWorld: istioctl proxy-status.`,
    mayPass: true,
  };
};

const certificateNotTrusted: Rule = ({ peer, from, to }) => {
  const handshake = peer?.handshake;
  if (handshake === undefined || !('identity' in handshake)) return undefined;
  const { identity, trusted } = handshake;
  const restart = `kubectl -n ${helloWorld.namespace} rollout restart deployment in ${to.name}`;
  if (!trusted) {
    return {
      cause: `HelloWorld of ${to.name} has a certificate that the root certificate of ${from.name} does not verify`,
      hint: `If cacerts of ${to.name} has changed, restart istiod and then HelloWorld: run ${restart}.`,
      mayPass: false,
    };
  }
  if (identity.startsWith(`spiffe://${to.trustDomain}/`)) return undefined;
  return {
    cause: `HelloWorld of ${to.name} has the identity ${identity}, which is not in the trust domain ${to.trustDomain}`,
    hint: `Apply the control plane of ${to.name}, restart istiod, and then HelloWorld: run ${restart}.`,
    mayPass: false,
  };
};

/** In the order of cause and effect: a cluster without istiod, for example, also has no ready gateway. */
const rules: readonly Rule[] = [
  clusterNotObserved,
  clientNotReady,
  serverNotReady,
  secretBroken,
  notSynced,
  wrongNetworkLabel,
  wrongMeshConfig,
  noUsableGateway,
  differentRoots,
  outsideMesh,
  forbidden,
  otherSubset,
  plainTextServers,
  certificateNotTrusted,
  connectionClosed,
  endpointUnknown,
  gatewayUnreachable,
];

function lastFailure({ calls }: MissingAnswer): string {
  return calls?.lastFailure === undefined
    ? ''
    : `, and the last failed call returned ${JSON.stringify(calls.lastFailure)}`;
}
