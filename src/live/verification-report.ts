import { helloWorldVersion } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import type { Problem } from '../problems/problem';
import { clusterProblems, clusterWarnings, rootProblems } from './cluster-problems';
import { diagnose } from './diagnosis';
import type {
  CallsObservation,
  ClusterObservation,
  GatewayObservation,
  PeerObservation,
  Readiness,
} from './observation';
import { syncStatuses } from './observe-replicas';

/** Everything that was seen of a mesh. */
export interface MeshObservation {
  /** One for each cluster that was looked at. */
  readonly clusters: readonly ClusterObservation[];
  /** One for each cluster from which HelloWorld could be called. */
  readonly calls: readonly CallsObservation[];
  readonly peers: readonly PeerObservation[];
}

/** Whether a mesh works, and if not, why. */
export interface VerificationReport {
  readonly meshID: string;
  readonly passed: boolean;
  readonly clusters: readonly ClusterReport[];
  /** Who answered whom, a row for each cluster; absent where HelloWorld was not asked for. */
  readonly helloWorld?: readonly AnswersReport[];
  /** Why the mesh does not work; empty where it does. */
  readonly problems: readonly Problem[];
  /** What is not as mesh.yaml says, and does no harm. */
  readonly warnings: readonly Problem[];
}

/** What a cluster is like; parts that could not be seen are absent. */
export interface ClusterReport {
  readonly cluster: string;
  /** The network that the mesh says it is in. */
  readonly network: string;
  readonly istiod?: Readiness;
  readonly gateway?: GatewayObservation;
  readonly readerBound?: boolean;
  /** What istiod says of each peer, such as `synced`. */
  readonly reads?: Readonly<Record<string, string>>;
}

/** How often HelloWorld of each cluster answered one of them. */
export interface AnswersReport {
  readonly from: string;
  /** By the names of the clusters that answered or should have. */
  readonly answers: Readonly<Record<string, number>>;
  /** How many calls nobody answered. */
  readonly failed: number;
  /** What the last of those got instead. */
  readonly lastFailure?: string;
}

/**
 * Judges what was seen of a mesh.
 *
 * @param clusters the clusters that were looked at, their peers among themselves
 */
export function verificationReport(
  mesh: Mesh,
  clusters: readonly Cluster[],
  observation: MeshObservation,
): VerificationReport {
  const asked = mesh.verification.helloWorld === 'enabled';
  const seen = (cluster: Cluster) => observationOf(observation, cluster);
  const problems = [
    ...clusters.flatMap((cluster) => clusterProblems(cluster, seen(cluster), observation.peers)),
    ...rootProblems(observation.clusters),
    ...(asked ? missingAnswers(mesh, clusters, observation) : []),
  ];
  return {
    meshID: mesh.meshID,
    passed: problems.length === 0,
    clusters: clusters.map((cluster) => clusterReport(cluster, seen(cluster))),
    ...(asked
      ? { helloWorld: clusters.map((cluster) => answersReport(mesh, clusters, cluster, observation)) }
      : {}),
    problems,
    // Of all peers that the mesh has, also where only some clusters are looked at.
    warnings: clusters.flatMap(({ name }) =>
      mesh.clusters
        .filter((cluster) => cluster.name === name)
        .flatMap((cluster) => clusterWarnings(cluster, seen(cluster))),
    ),
  };
}

/** The clusters whose HelloWorld a cluster has no answer from and should, itself among them. */
export function unanswered(
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
    return unanswered(mesh, clusters, from, calls).map((to) => {
      const { cause, hint } = diagnose({
        from,
        to,
        calls,
        caller: observationOf(observation, from),
        answerer: observationOf(observation, to),
        entrances: clusters
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
