import { readFileSync } from 'node:fs';
import { istioSystem, readerServiceAccount } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import type { Problem } from '../mesh/problem';
import { type Progress, silent } from '../mesh/progress';
import { apiServerProblem } from '../mesh/server-address';
import { formatRemoteKubeconfig } from '../remotes/kubeconfig-format';
import { remoteFile, shownRemoteFile, type Written, writeRemoteFile } from '../remotes/remote-file';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { type ApiServer, findAuthority } from './api-server-authority';
import { chosenClusters } from './chosen-clusters';
import { LiveCluster } from './live-cluster';
import { readerCredentials } from './reader-credentials';

/** How clusters are joined. */
export interface JoinOptions {
  /**
   * The folder at which the definition's relative paths start.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * The names of the clusters to join.
   * @default - all of the mesh
   */
  readonly clusters?: readonly string[];
  /**
   * Told what is being done.
   * @default - nobody is told
   */
  readonly progress?: Progress;
  /**
   * For how long each cluster may take to issue a token, in seconds.
   * @default - 60
   */
  readonly timeoutSeconds?: number;
}

/** What joining did with one cluster. */
export interface JoinedCluster {
  readonly cluster: string;
  /** The address that the other clusters will use; absent where joining failed. */
  readonly server?: string;
  /** The account as which they will read it, as `namespace/name`. */
  readonly account: string;
  /** The kubeconfig, as mesh.yaml names its folder. */
  readonly file: string;
  readonly status: Written | 'failed';
}

/** What joining did. */
export interface JoinReport {
  /** In the order of the mesh. */
  readonly clusters: readonly JoinedCluster[];
  /** Why clusters could not be joined; empty where all were. */
  readonly problems: readonly Problem[];
}

/**
 * Fetches from each cluster a kubeconfig with which the others may read it, and writes it for the next
 * synthesis. One cluster that fails does not keep the others from being joined.
 *
 * @throws MeshError for a name that no cluster of the mesh has
 * @see https://istio.io/latest/docs/reference/commands/istioctl/#istioctl-create-remote-secret
 */
export async function join(mesh: Mesh, options: JoinOptions = {}): Promise<JoinReport> {
  const outcomes = await Promise.all(
    chosenClusters(mesh, options.clusters).map((cluster) => joinCluster(mesh, cluster, options)),
  );
  return {
    clusters: outcomes.map(({ joined }) => joined),
    problems: outcomes.flatMap(({ problems }) => problems),
  };
}

async function joinCluster(
  mesh: Mesh,
  cluster: Cluster,
  options: JoinOptions,
): Promise<{ joined: JoinedCluster; problems: readonly Problem[] }> {
  const { directory = '.' } = options;
  const file = shownRemoteFile(mesh, cluster.name);
  const row = { cluster: cluster.name, account: `${istioSystem}/${readerServiceAccount}`, file };
  try {
    const kubeconfig = await fetchKubeconfig(cluster, directory, options);
    const text = formatRemoteKubeconfig(cluster.name, kubeconfig);
    const status = write(remoteFile(mesh, directory, cluster.name), file, text);
    return { joined: { ...row, server: kubeconfig.server, status }, problems: [] };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return { joined: { ...row, status: 'failed' }, problems: error.problems };
  }
}

async function fetchKubeconfig(
  cluster: Cluster,
  directory: string,
  { progress = silent, timeoutSeconds = 60 }: JoinOptions,
): Promise<RemoteKubeconfig> {
  const live = await LiveCluster.find(cluster, directory);
  const apiServer = publicApiServer(cluster, live);
  progress(`Connecting to ${cluster.name}`);
  await live.connect();
  progress(`Fetching the token of ${readerServiceAccount} from ${cluster.name}`);
  const { token, certificateAuthorityData } = await readerCredentials(live, cluster, timeoutSeconds);
  progress(`Asking ${apiServer.server} for its certificate`);
  return {
    ...apiServer,
    ...(await authorityOf(cluster, live, apiServer, certificateAuthorityData)),
    user: { token },
  };
}

/** The API server as the others shall reach it, before anything in the cluster is touched. */
function publicApiServer(cluster: Cluster, live: LiveCluster): ApiServer {
  const { name, server = live.server } = cluster;
  const problem = apiServerProblem(server);
  if (problem !== undefined) {
    const remedy = `Write server: for ${name} in mesh.yaml with the address at which the other clusters reach its API server, such as https://203.0.113.10:6443.`;
    throw new MeshError([{ ...problem, place: { file: name }, remedy }]);
  }
  const ofKubeconfig = cluster.server === undefined ? live.identity.tlsServerName : undefined;
  const tlsServerName = cluster.tlsServerName ?? ofKubeconfig;
  return { server, ...(tlsServerName === undefined ? {} : { tlsServerName }) };
}

/**
 * The cluster's own authority, as istioctl takes it; but where the address has a certificate of another
 * one, such as a public one, every istiod would refuse it.
 */
async function authorityOf(
  { name }: Cluster,
  { identity }: LiveCluster,
  apiServer: ApiServer,
  own: string,
): Promise<Pick<RemoteKubeconfig, 'certificateAuthorityData'>> {
  const { caFile, caData = caFile && readFileSync(caFile).toString('base64') } = identity;
  const authority = await findAuthority(apiServer, [
    own,
    ...(caData === undefined ? [] : [caData]),
    undefined,
  ]);
  if ('untrusted' in authority) {
    throw new MeshError([
      {
        code: 'LIVE-TLS',
        place: { file: name },
        found: `The certificate of ${apiServer.server} is not trusted by what ${name} knows, so no istiod could read it: ${authority.untrusted}.`,
        remedy: `See that server: of ${name} is its own API server, and write tlsServerName: where its certificate is for another name.`,
      },
    ]);
  }
  const { certificateAuthorityData } = authority;
  return certificateAuthorityData === undefined ? {} : { certificateAuthorityData };
}

function write(file: string, shown: string, text: string): Written {
  try {
    return writeRemoteFile(file, text);
  } catch (error) {
    const found = `It cannot be written: ${(error as NodeJS.ErrnoException).code}.`;
    const remedy = 'See that its folder may be written, then run istio-mesh join again.';
    throw new MeshError([{ code: 'LIVE-WRITE', place: { file: shown }, found, remedy }]);
  }
}
