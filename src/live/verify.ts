import { helloWorldVersion } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import { clusterProblems, rootProblems } from './cluster-problems';
import { selectClusters } from './cluster-selection';
import { callHelloWorld } from './hello-world';
import { LiveCluster } from './live-cluster';
import type { CallsObservation, ClusterObservation, PeerObservation } from './observation';
import { observeCluster } from './observe-cluster';
import { isEndpointKnown, reachGateway, tryRemoteSecret } from './observe-peer';
import { syncStatuses } from './observe-replicas';
import { Deadline } from './timeout';
import { unanswered, type VerificationReport, verificationReport } from './verification-report';

/** How a mesh is verified. */
export interface VerifyOptions {
  /**
   * The folder at which the definition's relative paths start.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * The names of the clusters to verify, with what they are to each other.
   * @default - all of the mesh
   */
  readonly clusters?: readonly string[];
  /**
   * Told what is being done and waited for.
   * @default - nobody is told
   */
  readonly progress?: Progress;
  /**
   * For how long to wait for what needs time, such as an address or the first answer, in seconds.
   * @default - 180
   */
  readonly timeoutSeconds?: number;
}

/** For how long HelloWorld is called at least, in seconds, where something is wrong already. */
const leastCallSeconds = 15;

/** A cluster that is looked at, with the way to it where there is one. */
interface Subject {
  readonly cluster: Cluster;
  readonly live?: LiveCluster;
  readonly seen: ClusterObservation;
}

/**
 * Looks at every control plane of a mesh, and, where the mesh has HelloWorld, calls it from every
 * cluster until every version that should has answered.
 *
 * @throws MeshError for a name that no cluster of the mesh has; all else is in the report
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export async function verify(mesh: Mesh, options: VerifyOptions = {}): Promise<VerificationReport> {
  const { directory = '.', progress = silent, timeoutSeconds = 180 } = options;
  const clusters = among(selectClusters(mesh, options.clusters));
  const deadline = new Deadline(timeoutSeconds);
  const subjects = await Promise.all(
    clusters.map((cluster) => observe(mesh, cluster, directory, deadline, progress)),
  );
  const calls = await callFromAll(mesh, subjects, deadline, progress);
  return verificationReport(mesh, clusters, {
    clusters: subjects.map(({ seen }) => seen),
    calls,
    peers: await observePeers(mesh, subjects, calls),
  });
}

/** The clusters with no other peers than each other. */
function among(clusters: readonly Cluster[]): Cluster[] {
  const names = clusters.map(({ name }) => name);
  return clusters.map((cluster) => ({
    ...cluster,
    peers: cluster.peers.filter((peer) => names.includes(peer)),
  }));
}

async function observe(
  mesh: Mesh,
  cluster: Cluster,
  directory: string,
  deadline: Deadline,
  progress: Progress,
): Promise<Subject> {
  try {
    progress(`Looking at ${cluster.name}`);
    const live = await LiveCluster.find(cluster, directory);
    await live.connect();
    return { cluster, live, seen: await observeCluster(mesh, cluster, live, deadline, progress) };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return { cluster, seen: { cluster: cluster.name, problems: error.problems } };
  }
}

/** Where all is well so far, what is missing may only be late: the load balancer's first connection, say. */
async function callFromAll(
  mesh: Mesh,
  subjects: readonly Subject[],
  deadline: Deadline,
  progress: Progress,
): Promise<CallsObservation[]> {
  const isWell =
    subjects.every(({ cluster, seen }) => clusterProblems(cluster, seen).length === 0) &&
    rootProblems(subjects.map(({ seen }) => seen)).length === 0;
  const until = new Deadline(isWell ? Math.max(deadline.secondsLeft, leastCallSeconds) : leastCallSeconds);
  const calls = subjects.map(async ({ cluster, live, seen }) => {
    const client = clientOf(seen);
    if (live === undefined || client === undefined) return undefined;
    progress(`Calling HelloWorld from ${cluster.name}`);
    const expected = [cluster.name, ...cluster.peers].map((name) => helloWorldVersion(mesh, name));
    return callHelloWorld(live, client, expected, until);
  });
  return (await Promise.all(calls)).filter((observation) => observation !== undefined);
}

/** Looks closer at the pairs of clusters between which something is missing. */
async function observePeers(
  mesh: Mesh,
  subjects: readonly Subject[],
  calls: readonly CallsObservation[],
): Promise<PeerObservation[]> {
  const clusters = subjects.map(({ cluster }) => cluster);
  const observations = subjects.flatMap((subject) => {
    const { cluster, live } = subject;
    const made = calls.find(({ from }) => from === cluster.name);
    const silent = made === undefined ? [] : unanswered(mesh, clusters, cluster, made);
    if (live === undefined) return [];
    return subjects
      .filter(({ cluster: { name } }) => cluster.peers.includes(name))
      .map((to) => observePeer(subjects, subject, live, to.cluster, silent.includes(to.cluster)));
  });
  return Promise.all(observations);
}

async function observePeer(
  subjects: readonly Subject[],
  { cluster, seen }: Subject,
  live: LiveCluster,
  to: Cluster,
  isSilent: boolean,
): Promise<PeerObservation> {
  const pair = { from: cluster.name, to: to.name };
  const statuses = syncStatuses(seen.controlPlane?.replicas ?? [], to.name);
  if (statuses.some((status) => status !== 'synced')) {
    return { ...pair, remoteSecret: await tryRemoteSecret(live, to.name) };
  }
  const client = clientOf(seen);
  const addresses = subjects
    .filter((subject) => subject.cluster.network === to.network)
    .flatMap((subject) => subject.seen.controlPlane?.gateway?.addresses ?? []);
  const isNear = cluster.network === to.network;
  if (!isSilent || isNear || client === undefined || addresses.length === 0) return pair;
  const [endpointKnown, gateway] = await Promise.all([
    isEndpointKnown(live, client, addresses),
    reachGateway(live, client, addresses),
  ]);
  return { ...pair, endpointKnown, gateway };
}

function clientOf({ helloWorld }: ClusterObservation): string | undefined {
  return helloWorld?.clients.find(({ ready }) => ready)?.name;
}
