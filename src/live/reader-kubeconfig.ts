import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Namespace, V1Secret, V1ServiceAccount } from '@kubernetes/client-node';
import { readBytes } from '../files/read-file';
import { apiServerProblem } from '../mesh/api-server-address';
import { istioSystem, networkLabel, readerServiceAccount, readerTokenSecret } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { type ApiServer, findAuthority } from './api-server-certificate';
import type { LiveCluster } from './live-cluster';
import { Deadline } from './timeout';

/**
 * Fetches a kubeconfig that allows other clusters to read a cluster.
 *
 * @param live a client that is connected
 * @param timeoutSeconds the time limit for the cluster to issue a token
 * @throws MeshError if the cluster issues no token, or the other clusters could not use the kubeconfig
 */
export async function fetchReaderKubeconfig(
  cluster: Cluster,
  live: LiveCluster,
  progress: Progress,
  timeoutSeconds: number,
): Promise<RemoteKubeconfig> {
  const apiServer = publicApiServer(cluster, live);
  progress(`Fetching the token of ${readerServiceAccount} from ${cluster.name}`);
  const { token, certificateAuthorityData } = await readerCredentials(live, cluster, timeoutSeconds);
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

/** The credentials that istiod of another cluster needs to read a cluster. */
interface ReaderCredentials {
  /** The token of the reader account. */
  readonly token: string;
  /** The certificate authority of the API server in the cluster's pods: PEM, in base64. */
  readonly certificateAuthorityData: string;
}

const tokenType = 'kubernetes.io/service-account-token';
const accountAnnotation = 'kubernetes.io/service-account.name';
const accountUIDAnnotation = 'kubernetes.io/service-account.uid';

/**
 * Returns the token of the reader account, and creates the account and the token if they are missing. An
 * existing token is reused, because other clusters may use it. The control plane grants the permissions.
 *
 * @throws MeshError if the cluster issues no token in time
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#manually-create-an-api-token-for-a-serviceaccount
 */
async function readerCredentials(
  live: LiveCluster,
  { network }: Cluster,
  timeoutSeconds: number,
): Promise<ReaderCredentials> {
  await live.apply<V1Namespace>({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: istioSystem, labels: { [networkLabel]: network } },
  });
  const account = await live.apply<V1ServiceAccount>({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: readerServiceAccount, namespace: istioSystem },
  });
  const deadline = new Deadline(timeoutSeconds);
  for (;;) {
    const secret = await tokenSecret(live, account.metadata?.uid);
    const { token, 'ca.crt': certificateAuthorityData } = secret?.data ?? {};
    if (token !== undefined && certificateAuthorityData !== undefined) {
      return { token: Buffer.from(token, 'base64').toString('utf8'), certificateAuthorityData };
    }
    if (deadline.passed) throw tokenMissing(live.name);
    if (secret === undefined) await applyTokenSecret(live);
    await sleep(500);
  }
}

/**
 * The first Secret with a token of the account, under any name, as in istioctl. A Secret of an earlier
 * account with the same name does not count: its token is no longer valid.
 */
async function tokenSecret(live: LiveCluster, accountUID: string | undefined): Promise<V1Secret | undefined> {
  const secrets = await live.list<V1Secret>({
    apiVersion: 'v1',
    kind: 'Secret',
    namespace: istioSystem,
    fieldSelector: `type=${tokenType}`,
  });
  return secrets.find(({ metadata: { annotations = {}, deletionTimestamp } = {} }) => {
    const { [accountAnnotation]: name, [accountUIDAnnotation]: uid = accountUID } = annotations;
    return name === readerServiceAccount && uid === accountUID && deletionTimestamp === undefined;
  });
}

async function applyTokenSecret(live: LiveCluster): Promise<void> {
  await live.apply<V1Secret>({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: readerTokenSecret,
      namespace: istioSystem,
      annotations: { [accountAnnotation]: readerServiceAccount },
    },
    type: tokenType,
  });
}

function tokenMissing(cluster: string): MeshError {
  return new MeshError([
    {
      code: 'LIVE-TOKEN',
      location: { file: cluster },
      message: `${cluster} has not issued a token into Secret ${istioSystem}/${readerTokenSecret}.`,
      hint: 'Check that its controller manager runs, then run istio-mesh join again.',
    },
  ]);
}
