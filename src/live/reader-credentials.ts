import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Namespace, V1Secret, V1ServiceAccount } from '@kubernetes/client-node' with {
  'resolution-mode': 'import',
};
import { istioSystem, networkLabel, readerServiceAccount, readerTokenSecret } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import type { LiveCluster } from './live-cluster';
import { Deadline } from './time-bound';

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
      place: { file: cluster },
      found: `${cluster} has issued no token into Secret ${istioSystem}/${readerTokenSecret}.`,
      remedy: 'See that its controller manager runs, then run istio-mesh join again.',
    },
  ]);
}
