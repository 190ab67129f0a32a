import { readBytes } from '../files/read-file';
import { apiServerProblem } from '../mesh/api-server-address';
import { readerServiceAccount } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { type ApiServer, findAuthority } from './api-server-certificate';
import type { LiveCluster } from './live-cluster';
import { ReaderAccount } from './tokens/reader-account';

/** How to fetch a kubeconfig. */
interface FetchOptions {
  /** The token in the kubeconfig that this machine has; it stays, as long as it is valid. */
  readonly inUse: string | undefined;
  /** The time limit for the cluster to issue a token, in seconds. */
  readonly timeoutSeconds: number;
  readonly progress: Progress;
}

/**
 * Fetches a kubeconfig that allows other clusters to read a cluster.
 *
 * @param live a client that is connected
 * @throws MeshError if the cluster issues no token, or the other clusters could not use the kubeconfig
 */
export async function fetchReaderKubeconfig(
  cluster: Cluster,
  live: LiveCluster,
  { inUse, timeoutSeconds, progress }: FetchOptions,
): Promise<RemoteKubeconfig> {
  const apiServer = publicApiServer(cluster, live);
  progress(`Fetching the token of ${readerServiceAccount} from ${cluster.name}`);
  const account = await ReaderAccount.of(live, cluster);
  const { token, certificateAuthorityData } = await account.credentials(inUse, timeoutSeconds);
  progress(`Checking the certificate of ${apiServer.server}`);
  const { proxyUrl } = cluster;
  return {
    ...apiServer,
    ...(proxyUrl === undefined ? {} : { proxyUrl }),
    ...(await authorityOf(cluster, live, apiServer, certificateAuthorityData)),
    user: { token },
  };
}

/**
 * The API server as the other clusters reach it.
 *
 * @throws MeshError if they cannot reach its address
 */
export function publicApiServer(cluster: Cluster, live: LiveCluster): ApiServer {
  const { name, server = live.server } = cluster;
  const problem = apiServerProblem(server);
  if (problem !== undefined) {
    const hint = `Set server: for ${name} in mesh.yaml to the address of its API server for the other clusters, such as https://203.0.113.10:6443.`;
    throw new MeshError([{ ...problem, location: { file: name }, hint }]);
  }
  const kubeconfigName = cluster.server === undefined ? live.identity.tlsServerName : undefined;
  const tlsServerName = cluster.tlsServerName ?? kubeconfigName;
  return { server, ...(tlsServerName === undefined ? {} : { tlsServerName }) };
}

/**
 * The certificate authority of the cluster, as in istioctl. If it does not verify the certificate at the
 * address, which may have a public certificate, an authority that does.
 */
async function authorityOf(
  cluster: Cluster,
  { identity }: LiveCluster,
  apiServer: ApiServer,
  clusterAuthority: string,
): Promise<Pick<RemoteKubeconfig, 'certificateAuthorityData'>> {
  // This machine may not reach the proxy of the other clusters.
  if (cluster.proxyUrl !== undefined) return { certificateAuthorityData: clusterAuthority };
  const { name } = cluster;
  const { caFile, caData = caFile && readBytes(caFile, 'secret').toString('base64') } = identity;
  const authority = await findAuthority(apiServer, [
    clusterAuthority,
    ...(caData === undefined ? [] : [caData]),
    undefined,
  ]);
  if ('untrusted' in authority) {
    throw new MeshError([
      {
        code: 'LIVE-TLS',
        location: { file: name },
        message: `No known certificate authority verifies the certificate of ${apiServer.server}, so istiod of the other clusters could not connect: ${authority.untrusted}.`,
        hint: `Check that server: of ${name} is the address of its API server. If the certificate has another name, set tlsServerName:.`,
      },
    ]);
  }
  const { certificateAuthorityData } = authority;
  return certificateAuthorityData === undefined ? {} : { certificateAuthorityData };
}
