import { helloWorldVersion } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import { clusterProblems, rootProblems } from './cluster-problems';
import { callHelloWorld } from './hello-world';
import { LiveCluster } from './live-cluster';
import { type LiveOptions, selectClusters } from './live-options';
import type { CallsObservation, ClusterObservation, PeerObservation } from './observation';
import { observeCluster } from './observe-cluster';
import { checkGateway, checkRemoteSecret, isEndpointKnown } from './observe-peer';
import { isSynced } from './observe-pods';
import { Deadline } from './timeout';
import { clustersWithoutAnswer, type VerificationReport, verificationReport } from './verification-report';

/** Options of {@link verify}. */
export interface VerifyOptions extends LiveOptions {
  /**
   * How long to wait for what takes time, such as the address of a load balancer or the first answer of
   * HelloWorld, in seconds.
   * @default - 180
   */
  readonly timeoutSeconds?: number;
}

/** How long to call HelloWorld if there are problems already, in seconds. */
const minimumCallSeconds = 15;

/** A cluster and its observed state. */
interface ObservedCluster {
  readonly cluster: Cluster;
  /** Undefined if the cluster could not be reached. */
  readonly live?: LiveCluster;
  readonly observation: ClusterObservation;
}

/**
 * Observes the control planes of a mesh. If the mesh deploys HelloWorld, calls it from every cluster until
 * all expected versions have answered.
 *
 * @throws MeshError if the mesh has no cluster of a selected name; all other problems are in the report
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export async function verify(mesh: Mesh, options: VerifyOptions = {}): Promise<VerificationReport> {
  const { directory = '.', progress = silent, timeoutSeconds = 180 } = options;
  const clusters = withPeersAmong(selectClusters(mesh, options.clusters));
  const deadline = new Deadline(timeoutSeconds);
  const observed = await Promise.all(
    clusters.map((cluster) => observe(mesh, cluster, directory, deadline, progress)),
  );
  const calls = await callFromAll(mesh, observed, deadline, progress);
  return verificationReport(mesh, clusters, {
    clusters: observed.map(({ observation }) => observation),
    calls,
    peers: await observePeers(mesh, observed, calls),
  });
}

/** The clusters, with only each other as peers. */
function withPeersAmong(clusters: readonly Cluster[]): Cluster[] {
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
): Promise<ObservedCluster> {
  try {
    progress(`Connecting to ${cluster.name}`);
    const live = await LiveCluster.find(cluster, directory);
    await live.connect();
    return { cluster, live, observation: await observeCluster(mesh, cluster, live, deadline, progress) };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return { cluster, observation: { cluster: cluster.name, problems: error.problems } };
  }
}

/** Without known problems, a missing answer may only be late: a new load balancer needs time, for example. */
async function callFromAll(
  mesh: Mesh,
  observed: readonly ObservedCluster[],
  deadline: Deadline,
  progress: Progress,
): Promise<CallsObservation[]> {
  const hasProblems =
    observed.some(({ cluster, observation }) => clusterProblems(cluster, observation).length > 0) ||
    rootProblems(observed.map(({ observation }) => observation)).length > 0;
  const callDeadline = new Deadline(
    hasProblems ? minimumCallSeconds : Math.max(deadline.secondsLeft, minimumCallSeconds),
  );
  const calls = observed.map(async ({ cluster, live, observation }) => {
    const client = readyClient(observation);
    if (live === undefined || client === undefined) return undefined;
    progress(`Calling HelloWorld from ${cluster.name}`);
    const expected = [cluster.name, ...cluster.peers].map((name) => helloWorldVersion(mesh, name));
    return callHelloWorld(live, client, expected, callDeadline);
  });
  return (await Promise.all(calls)).filter((observation) => observation !== undefined);
}

/** Runs further checks between each cluster and the peers that it does not read or reach. */
async function observePeers(
  mesh: Mesh,
  observed: readonly ObservedCluster[],
  calls: readonly CallsObservation[],
): Promise<PeerObservation[]> {
  const clusters = observed.map(({ cluster }) => cluster);
  const observations = observed.flatMap((caller) => {
    const { cluster, live } = caller;
    if (live === undefined) return [];
    const ownCalls = calls.find(({ from }) => from === cluster.name);
    const unanswered = ownCalls === undefined ? [] : clustersWithoutAnswer(mesh, clusters, cluster, ownCalls);
    return clusters
      .filter(({ name }) => cluster.peers.includes(name))
      .map(async (to): Promise<PeerObservation> => {
        const pair = { from: cluster.name, to: to.name };
        if (!isSynced(caller.observation.controlPlane?.replicas ?? [], to.name)) {
          return { ...pair, remoteSecret: await checkRemoteSecret(live, to.name) };
        }
        return unanswered.includes(to) ? { ...pair, ...(await checkPath(observed, caller, live, to)) } : pair;
      });
  });
  return Promise.all(observations);
}

/** Checks the path through the gateways, for clusters in different networks. */
async function checkPath(
  observed: readonly ObservedCluster[],
  { cluster, observation }: ObservedCluster,
  live: LiveCluster,
  to: Cluster,
): Promise<Pick<PeerObservation, 'endpointKnown' | 'gateway'>> {
  const client = readyClient(observation);
  const addresses = observed
    .filter((each) => each.cluster.network === to.network)
    .flatMap((each) => each.observation.controlPlane?.gateway?.addresses ?? []);
  if (cluster.network === to.network || client === undefined || addresses.length === 0) return {};
  const [endpointKnown, gateway] = await Promise.all([
    isEndpointKnown(live, client, addresses),
    checkGateway(live, client, addresses),
  ]);
  return { endpointKnown, gateway };
}

/** The name of a ready client pod. */
function readyClient({ helloWorld }: ClusterObservation): string | undefined {
  return helloWorld?.clients.find(({ ready }) => ready)?.name;
}
