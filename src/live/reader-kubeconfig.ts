import { readFileSync } from 'node:fs';
import { readerServiceAccount } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import type { Progress } from '../mesh/progress';
import { apiServerProblem } from '../mesh/server-address';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { type ApiServer, findAuthority } from './api-server-authority';
import type { Connection } from './connection';
import type { LiveCluster } from './live-cluster';
import { readerCredentials } from './reader-credentials';

/**
 * Fetches a kubeconfig with which other clusters may read a cluster.
 *
 * @param timeoutSeconds for how long the cluster may take to issue a token
 * @throws MeshError where it issues none, or where others could not use it
 */
export async function fetchReaderKubeconfig(
  cluster: Cluster,
  connection: Connection,
  progress: Progress,
  timeoutSeconds: number,
): Promise<RemoteKubeconfig> {
  const live = await connection.find();
  const apiServer = publicApiServer(cluster, live);
  await connection.connect();
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
