import { helloWorldVersion } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import type { Problem } from '../problems/problem';
import { clusterProblems, clusterWarnings, rootProblems } from './cluster-problems';
import { likelyCause } from './missing-answer';
import type {
  CallsObservation,
  ClusterObservation,
  GatewayObservation,
  PeerObservation,
  Readiness,
} from './observation';
import { syncStatuses } from './observe-pods';

/** The observed state of a mesh. */
export interface MeshObservation {
  /** One entry for each observed cluster. */
  readonly clusters: readonly ClusterObservation[];
  /** One entry for each cluster that could call HelloWorld. */
  readonly calls: readonly CallsObservation[];
  readonly peers: readonly PeerObservation[];
}

/** Whether a mesh works, and why it does not. */
export interface VerificationReport {
  readonly meshID: string;
  readonly passed: boolean;
  readonly clusters: readonly ClusterReport[];
  /**
   * The answers of HelloWorld, one entry for each calling cluster.
   * @default - none, if `verification.helloWorld` is not enabled
   */
  readonly helloWorld?: readonly AnswersReport[];
  /** Why the mesh does not work; empty if it works. */
  readonly problems: readonly Problem[];
  /** Differences from mesh.yaml that do not affect whether the mesh works. */
  readonly warnings: readonly Problem[];
}

/** The state of a cluster. Parts that could not be observed are absent. */
export interface ClusterReport {
  readonly cluster: string;
  /** The network in mesh.yaml. */
  readonly network: string;
  readonly istiod?: Readiness;
  readonly gateway?: GatewayObservation;
  readonly readerBound?: boolean;
  /** The sync status of each peer in istiod, such as `synced`. */
  readonly reads?: Readonly<Record<string, string>>;
}

/** The answers that one cluster received from HelloWorld. */
export interface AnswersReport {
  readonly from: string;
  /** The number of answers of each cluster, by its name. */
  readonly answers: Readonly<Record<string, number>>;
  /** The number of calls without an answer. */
  readonly failed: number;
  /** The output of the last call without an answer. */
  readonly lastFailure?: string;
}

/**
 * Evaluates the observations of a mesh.
 *
 * @param clusters the observed clusters, with no other peers than each other
 */
export function verificationReport(
  mesh: Mesh,
  clusters: readonly Cluster[],
  observation: MeshObservation,
): VerificationReport {
  const hasHelloWorld = mesh.verification.helloWorld === 'enabled';
  const observed = (cluster: Cluster) => observationOf(observation, cluster);
  const problems = [
    ...clusters.flatMap((cluster) => clusterProblems(cluster, observed(cluster), observation.peers)),
    ...rootProblems(observation.clusters),
    ...(hasHelloWorld ? missingAnswers(mesh, clusters, observation) : []),
  ];
  return {
    meshID: mesh.meshID,
    passed: problems.length === 0,
    clusters: clusters.map((cluster) => clusterReport(cluster, observed(cluster))),
    ...(hasHelloWorld
      ? { helloWorld: clusters.map((cluster) => answersReport(mesh, clusters, cluster, observation)) }
      : {}),
    problems,
    // With all peers in the mesh, even if only some clusters were selected.
    warnings: clusters.flatMap(({ name }) =>
      mesh.clusters
        .filter((cluster) => cluster.name === name)
        .flatMap((cluster) => clusterWarnings(cluster, observed(cluster))),
    ),
  };
}

/** The clusters that should have answered the calls from a cluster and did not, including itself. */
export function clustersWithoutAnswer(
  mesh: Mesh,
  clusters: readonly Cluster[],
  from: Cluster,
  calls: CallsObservation | undefined,
): Cluster[] {
  return clusters.filter(({ name }) => {
    const isExpected = name === from.name || from.peers.includes(name);
    return isExpected && calls?.answers[helloWorldVersion(mesh, name)] === undefined;
  });
}

function missingAnswers(mesh: Mesh, clusters: readonly Cluster[], observation: MeshObservation): Problem[] {
  return clusters.flatMap((from) => {
    const calls = observation.calls.find((candidate) => candidate.from === from.name);
    return clustersWithoutAnswer(mesh, clusters, from, calls).map((to) => {
      const { cause, hint } = likelyCause({
        from,
        to,
        calls,
        caller: observationOf(observation, from),
        answerer: observationOf(observation, to),
        gatewayClusters: clusters
          .filter(({ network, eastWestGateway }) => network === to.network && eastWestGateway !== undefined)
          .map((cluster) => observationOf(observation, cluster)),
        peer: observation.peers.find((peer) => peer.from === from.name && peer.to === to.name),
      });
      const message = `HelloWorld of ${to.name} has not answered ${from.name}: ${cause.replace(/\.$/, '')}.`;
      return { code: 'LIVE-NO-ANSWER' as const, location: { file: from.name }, message, hint };
    });
  });
}

function clusterReport(
  { name, network, peers }: Cluster,
  { controlPlane }: ClusterObservation,
): ClusterReport {
  if (controlPlane === undefined) return { cluster: name, network };
  const { istiod, gateway, readerBound, replicas } = controlPlane;
  const reads = peers.map((peer) => [peer, syncStatuses(replicas, peer).join(', ')]);
  return { cluster: name, network, istiod, gateway, readerBound, reads: Object.fromEntries(reads) };
}

function answersReport(
  mesh: Mesh,
  clusters: readonly Cluster[],
  { name }: Cluster,
  { calls }: MeshObservation,
): AnswersReport {
  const { answers = {}, failed = 0, lastFailure } = calls.find(({ from }) => from === name) ?? {};
  const counts = clusters.map((to) => [to.name, answers[helloWorldVersion(mesh, to.name)] ?? 0]);
  return { from: name, answers: Object.fromEntries(counts), failed, lastFailure };
}

function observationOf({ clusters }: MeshObservation, { name }: Cluster): ClusterObservation {
  return clusters.find(({ cluster }) => cluster === name) ?? { cluster: name, problems: [] };
}
