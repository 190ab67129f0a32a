import { answeringPeers } from '../mesh/hello-world';
import { helloWorld, helloWorldVersion } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { networkGatewayOf } from '../mesh/network-gateway';
import { joined } from '../problems/sentence';
import { groupBy } from './group-by';
import { type LiveProblem, lasting, problemOf } from './live-problem';
import { likelyCause } from './missing-answer';
import type { CallsObservation, MeshObservation, PeerObservation } from './observation';
import { observationOf } from './observation';
import { ownValue } from './own-value';

/** The clusters that should have answered the calls from a cluster and did not, including itself. */
function clustersWithoutAnswer(
  mesh: Mesh,
  clusters: readonly Cluster[],
  from: Cluster,
  calls: CallsObservation | undefined,
): Cluster[] {
  return clusters.filter(({ name }) => {
    const isExpected = name === from.name || answeringPeers(from).includes(name);
    return isExpected && calls?.answers[helloWorldVersion(mesh, name)] === undefined;
  });
}

/**
 * A problem for each cause of missing answers that is not among the known problems. Answers that are missing
 * for one cause are reported together.
 */
export function missingAnswers(
  mesh: Mesh,
  clusters: readonly Cluster[],
  observation: MeshObservation,
  known: readonly LiveProblem[],
): LiveProblem[] {
  if (mesh.verification.helloWorld !== 'enabled') return [];
  const missing = clusters.flatMap((from) => pairsOf(mesh, clusters, observation, from));
  const explained = missing.flatMap((pair) => {
    const cause = likelyCause(pair);
    if (cause !== 'reported') return { ...pair, ...cause };
    // Without a problem that explains it, a missing answer must not be left out.
    const unexplained = {
      cause: 'a part of the path is not ready',
      hint: `Run kubectl -n ${helloWorld.namespace} get pods in these clusters, then istio-mesh verify again.`,
      mayPass: true,
    };
    return known.length > 0 ? [] : { ...pair, ...unexplained };
  });
  return groupBy(explained, ({ cause, hint }) => `${cause}\n${hint}`).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const message = `${sentenceStart(group)}: ${first.cause}.`;
    return problemOf(first.from.name, 'LIVE-NO-ANSWER', {
      message,
      hint: first.hint,
      mayPass: first.mayPass,
    });
  });
}

interface Pair {
  readonly from: Cluster;
  readonly to: Cluster;
  /** Whether there was an answer, over a connection that had been open before. */
  readonly isAnswered: boolean;
}

function sentenceStart(pairs: readonly Pair[]): string {
  const callers = [...new Set(pairs.map(({ from }) => from.name))];
  const answerers = [...new Set(pairs.map(({ to }) => to.name))];
  const start = `HelloWorld of ${joined(answerers)} ${answerers.length > 1 ? 'have' : 'has'}`;
  return pairs.every(({ isAnswered }) => isAnswered)
    ? `${start} answered ${joined(callers)} only over connections that were open already`
    : `${start} not answered ${joined(callers)}`;
}

/** The answers from peers that are missing, or that a new connection would not bring. */
function pairsOf(mesh: Mesh, clusters: readonly Cluster[], observation: MeshObservation, from: Cluster) {
  const calls = observation.calls.find((candidate) => candidate.from === from.name);
  const unanswered = clustersWithoutAnswer(mesh, clusters, from, calls);
  const peerOf = (to: Cluster) =>
    observation.peers.find((peer) => peer.from === from.name && peer.to === to.name);
  const cut = clusters.filter((to) => isCut(peerOf(to), to.trustDomain) && !unanswered.includes(to));
  return [...unanswered, ...cut].map((to) => ({
    from,
    to,
    isAnswered: cut.includes(to),
    calls,
    caller: observationOf(observation, from),
    answerer: observationOf(observation, to),
    gatewayClusters: clusters
      .filter((cluster) => cluster.network === to.network && hasGatewayFor(from, cluster))
      .map((cluster) => observationOf(observation, cluster)),
    peer: peerOf(to),
    callerPolicies: ownValue(observation.policies, from.name),
    answererPolicies: ownValue(observation.policies, to.name),
  }));
}

/** Whether calls from a cluster can enter the network of another one through its gateway. */
function hasGatewayFor({ helloWorld: { dataPlane } }: Cluster, to: Cluster): boolean {
  return dataPlane === 'ambient' ? to.ambientGateway !== undefined : networkGatewayOf(to) !== undefined;
}

/** Paths on which answers may have come over connections that were open before, and no new one was tried. */
export function untriedPaths({ peers }: Pick<MeshObservation, 'peers'>): LiveProblem[] {
  const untried = peers.flatMap(({ from, to, untried: reason }) =>
    reason === undefined ? [] : { from, to, reason },
  );
  return groupBy(untried, ({ from, reason }) => `${from}\n${reason}`).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { from, reason } = first;
    const message = `New connections from ${from} to HelloWorld of ${joined(group.map(({ to }) => to))} were not tested: ${reason}. Answers may have come over connections that were open already.`;
    const hint = `In ${from}, run kubectl -n ${helloWorld.namespace} rollout restart deployment ${helloWorld.client}, which closes them, and verify again.`;
    return problemOf(from, 'LIVE-NO-ANSWER', lasting(message, hint));
  });
}

/** Whether a new connection does not reach the peer. */
function isCut(peer: PeerObservation | undefined, trustDomain: string): boolean {
  const { gateway, handshake } = peer ?? {};
  if (gateway !== undefined && gateway !== 'reachable') return true;
  if (handshake === undefined) return false;
  return (
    !('identity' in handshake) ||
    !handshake.trusted ||
    !handshake.identity.startsWith(`spiffe://${trustDomain}/`)
  );
}
