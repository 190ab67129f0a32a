import type { Cluster, Mesh } from '../mesh/mesh';
import { isIssuedLocally } from '../mesh/secrets/backends';
import type { CaCerts } from '../pki/ca-certs';
import { loadCaCerts } from '../pki/certificates-folder';
import { MeshError } from '../problems/problem';
import { silent } from '../problems/progress';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { loadRemotes } from '../remotes/remotes-folder';
import type { WrittenCaCerts } from './ca-secret-problems';
import { callMesh } from './call-mesh';
import { type ConnectedCluster, connectAll } from './connected-cluster';
import { refuseSharedContexts } from './distinct-clusters';
import type { ObservedCluster } from './hello-world-path';
import { type LiveOptions, selectClusters } from './live-options';
import { type ObservationContext, observeCluster } from './observe-cluster';
import { refuseRemaining, withRemovedClusters } from './removed-clusters';
import { withRunningState } from './running-state';
import { Deadline } from './timeout';
import { type VerificationReport, verificationReport } from './verification-report';

/** Options of {@link verify}. */
export interface VerifyOptions extends LiveOptions {
  /**
   * How long to wait for what takes time, such as the address of a load balancer or the first answer of
   * HelloWorld, in seconds.
   * @default - 180
   */
  readonly timeoutSeconds?: number;
  /**
   * The names of clusters that have left the mesh: no istiod may read them, and no proxy may have their endpoints.
   * @default - none
   */
  readonly removed?: readonly string[];
}

/**
 * Observes the control planes of a mesh. If the mesh deploys HelloWorld, calls it from every cluster until
 * all expected versions have answered.
 *
 * @throws MeshError if the mesh has no cluster of a selected name, or if two clusters are one running cluster;
 * all other problems are in the report
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export async function verify(mesh: Mesh, options: VerifyOptions = {}): Promise<VerificationReport> {
  const { directory = '.', progress = silent, timeoutSeconds = 180, removed = [] } = options;
  const clusters = withPeersAmong(selectClusters(mesh, options.clusters));
  refuseSharedContexts(clusters, directory);
  refuseRemaining(mesh, removed);
  const deadline = new Deadline(timeoutSeconds);
  const connected = await connectAll(clusters, directory, progress);
  const context = {
    mesh,
    deadline,
    progress,
    clients: new Map(connected.flatMap(({ cluster, live }) => (live ? [[cluster.name, live]] : []))),
    written: writtenKubeconfigs(mesh, directory),
  };
  const ready = await Promise.all(connected.map((each) => observe(each, context)));
  progress('Checking versions, certificates, injection and configuration');
  const running = await withRunningState(mesh, ready, {
    written: await writtenCaCerts(mesh, directory),
    deadline,
    progress,
  });
  const observed =
    removed.length === 0 ? running : await withRemovedClusters(running, { removed, deadline, progress });
  const observation =
    mesh.verification.helloWorld === 'enabled'
      ? await callMesh(mesh, observed, deadline, progress)
      : { clusters: observed.map((each) => each.observation), calls: [], peers: [], policies: {} };
  return verificationReport(mesh, clusters, observation);
}

/** The clusters, with only each other as peers. */
function withPeersAmong(clusters: readonly Cluster[]): Cluster[] {
  const names = clusters.map(({ name }) => name);
  return clusters.map((cluster) => ({
    ...cluster,
    peers: cluster.peers.filter((peer) => names.includes(peer)),
  }));
}

/** Without readable files, remote secrets are compared with nothing: synthesis reports the files. */
function writtenKubeconfigs(mesh: Mesh, directory: string): Readonly<Record<string, RemoteKubeconfig>> {
  try {
    return loadRemotes(mesh, { directory }).remotes;
  } catch (error) {
    if (error instanceof MeshError) return {};
    throw error;
  }
}

/** The CA certificates on this machine. Those that are missing or damaged are compared with nothing, too. */
async function writtenCaCerts(mesh: Mesh, directory: string): Promise<WrittenCaCerts> {
  const written = new Map<string, CaCerts>();
  for (const cluster of mesh.clusters.filter(isIssuedLocally)) {
    try {
      const { caCerts } = await loadCaCerts(mesh, { directory, issue: 'never', clusters: [cluster] });
      for (const [name, certs] of Object.entries(caCerts)) written.set(name, certs);
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
    }
  }
  return written;
}

async function observe(connected: ConnectedCluster, context: ObservationContext): Promise<ObservedCluster> {
  const { cluster, live, problems } = connected;
  const observation =
    live === undefined
      ? { cluster: cluster.name, problems: problems.map((problem) => ({ ...problem, mayPass: false })) }
      : await observeCluster(cluster, live, context);
  return { ...connected, observation };
}
