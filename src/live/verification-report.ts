import { answeringPeers } from '../mesh/hello-world';
import { helloWorldVersion } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import type { Problem } from '../problems/problem';
import { clusterProblems, clusterWarnings, rootProblems } from './cluster-problems';
import type { LiveProblem } from './live-problem';
import { missingAnswers, untriedPaths } from './missing-answers';
import {
  type ClusterObservation,
  type GatewayObservation,
  type MeshObservation,
  observationOf,
  type Readiness,
} from './observation';
import { syncStatuses } from './observe-pods';
import { remoteSecretProblems, remoteSecretWarnings } from './remote-secret-problems';

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
  /** The gateway for sidecars. */
  readonly gateway?: GatewayReport;
  /** The gateway of ambient mode. */
  readonly ambientGateway?: GatewayReport;
  readonly readerBound?: boolean;
  /** The sync status of each peer in istiod, such as `synced`. */
  readonly reads?: Readonly<Record<string, string>>;
}

/** The state of an east-west gateway. */
export interface GatewayReport {
  readonly pods: Readiness;
  /** The type of its Service. */
  readonly type: string;
  /** Its addresses for other networks: IP addresses and host names. */
  readonly addresses: readonly string[];
}

/** The answers that one cluster received from HelloWorld. */
export interface AnswersReport {
  readonly from: string;
  /** The number of answers of each cluster, by its name. */
  readonly answers: Readonly<Record<string, number>>;
  /** The clusters that should answer: itself and its peers. */
  readonly expected: readonly string[];
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
  const known = knownProblems(clusters, observation);
  const problems = [...known, ...missingAnswers(mesh, clusters, observation, known)].map(publicProblem);
  return {
    meshID: mesh.meshID,
    passed: problems.length === 0,
    clusters: clusters.map((cluster) => clusterReport(cluster, observed(cluster))),
    ...(hasHelloWorld
      ? { helloWorld: clusters.map((cluster) => answersReport(mesh, clusters, cluster, observation)) }
      : {}),
    problems,
    // With all peers in the mesh, even if only some clusters were selected.
    warnings: [
      ...clusters.flatMap(({ name }) =>
        mesh.clusters
          .filter((cluster) => cluster.name === name)
          .flatMap((cluster) => [
            ...clusterWarnings(cluster, observed(cluster)),
            ...remoteSecretWarnings(observed(cluster)),
          ])
          .map(publicProblem),
      ),
      ...untriedPaths(observation).map(publicProblem),
    ],
  };
}

function publicProblem({ code, location, message, hint }: Problem): Problem {
  return { code, location, message, hint };
}

/** The problems that do not need a call of HelloWorld. */
export function knownProblems(
  clusters: readonly Cluster[],
  { clusters: observations }: Pick<MeshObservation, 'clusters'>,
): LiveProblem[] {
  return [
    ...clusters.flatMap((cluster) =>
      clusterProblems(cluster, observationOf({ clusters: observations }, cluster)),
    ),
    ...remoteSecretProblems(observations),
    ...rootProblems(observations),
  ];
}

function clusterReport(
  { name, network, peers }: Cluster,
  { controlPlane }: ClusterObservation,
): ClusterReport {
  if (controlPlane === undefined) return { cluster: name, network };
  const { istiod, gateway, ambientGateway, readerBound, replicas } = controlPlane;
  const reads = peers.map((peer) => [peer, syncStatuses(replicas, peer).join(', ')]);
  return {
    cluster: name,
    network,
    istiod,
    gateway: gateway && gatewayReport(gateway),
    ...(ambientGateway === undefined ? {} : { ambientGateway: gatewayReport(ambientGateway) }),
    readerBound,
    reads: Object.fromEntries(reads),
  };
}

function gatewayReport({ pods, type, addresses }: GatewayObservation): GatewayReport {
  return { pods, type, addresses };
}

function answersReport(
  mesh: Mesh,
  clusters: readonly Cluster[],
  cluster: Cluster,
  { calls }: MeshObservation,
): AnswersReport {
  const { name } = cluster;
  const { answers = {}, failed = 0, lastFailure } = calls.find(({ from }) => from === name) ?? {};
  const counts = clusters.map((to) => [to.name, answers[helloWorldVersion(mesh, to.name)] ?? 0]);
  const expected = [name, ...answeringPeers(cluster)];
  return { from: name, answers: Object.fromEntries(counts), expected, failed, lastFailure };
}
