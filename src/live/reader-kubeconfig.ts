import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Namespace, V1Secret, V1ServiceAccount } from '@kubernetes/client-node' with {
  'resolution-mode': 'import',
};
import { apiServerProblem } from '../mesh/definition-schema';
import { istioSystem, networkLabel, readerServiceAccount, readerTokenSecret } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import type { RemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { type ApiServer, findAuthority } from './api-server-authority';
import type { Connection } from './connection';
import type { LiveCluster } from './live-cluster';
import { Deadline } from './timeout';

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
    const hint = `Write server: for ${name} in mesh.yaml with the address at which the other clusters reach its API server, such as https://203.0.113.10:6443.`;
    throw new MeshError([{ ...problem, location: { file: name }, hint }]);
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
        location: { file: name },
        message: `The certificate of ${apiServer.server} is not trusted by what ${name} knows, so no istiod could read it: ${authority.untrusted}.`,
        hint: `See that server: of ${name} is its own API server, and write tlsServerName: where its certificate is for another name.`,
      },
    ]);
  }
  const { certificateAuthorityData } = authority;
  return certificateAuthorityData === undefined ? {} : { certificateAuthorityData };
}

/** What lets other clusters' istiods read a cluster. */
export interface ReaderCredentials {
  /** The token of the reader account. */
  readonly token: string;
  /** The certificate authority that the cluster's own pods know the API server by: PEM, in base64. */
  readonly certificateAuthorityData: string;
}

const tokenType = 'kubernetes.io/service-account-token';
const accountAnnotation = 'kubernetes.io/service-account.name';
const accountUIDAnnotation = 'kubernetes.io/service-account.uid';

/**
 * Makes sure that the reader account has a token, and gives it. What is there already is used, so that
 * a token in use elsewhere stays good; rights come with istiod's own installation.
 *
 * @throws MeshError where the cluster issues no token in time
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#manually-create-an-api-token-for-a-serviceaccount
 */
export async function readerCredentials(
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
    if (deadline.passed) throw noToken(live.name);
    if (secret === undefined) await applyTokenSecret(live);
    await sleep(500);
  }
}

/**
 * The first Secret with a token of the account, whatever its name, as istioctl takes it. One that has
 * outlived an earlier account of the same name does not count: its token is no longer good.
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

function noToken(cluster: string): MeshError {
  return new MeshError([
    {
      code: 'LIVE-TOKEN',
      location: { file: cluster },
      message: `${cluster} has issued no token into Secret ${istioSystem}/${readerTokenSecret}.`,
      hint: 'See that its controller manager runs, then run istio-mesh join again.',
    },
  ]);
}
