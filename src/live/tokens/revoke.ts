import { setTimeout as sleep } from 'node:timers/promises';
import { istioSystem, readerServiceAccount } from '../../mesh/istio-names';
import { MeshError, type Problem } from '../../problems/problem';
import { revokingSecret } from '../../remotes/reader-token';
import type { RemoteKubeconfig } from '../../remotes/remote-kubeconfig';
import { tokenOf } from '../../remotes/remote-kubeconfig';
import type { LiveCluster } from '../live-cluster';
import { Deadline } from '../timeout';

/** How long an API server may accept a token that it has just accepted, and some time more, in seconds. */
const longestCache = 60;

/** Why a token cannot be revoked alone; empty if it can. */
export function irrevocable(kubeconfig: RemoteKubeconfig, file: string): Problem[] {
  const token = tokenOf(kubeconfig);
  const secret = token === undefined ? undefined : revokingSecret(token);
  if (secret?.namespace === istioSystem) return [];
  return [
    {
      code: 'LIVE-TOKEN',
      location: { file },
      message: `The credentials are not a token of ${readerServiceAccount} that ends with a Secret, so they cannot be revoked alone.`,
      hint: 'Remove the file, run istio-mesh join, synthesize and apply the remote secrets. Then revoke the credentials where they were issued.',
    },
  ];
}

/**
 * Revokes a token: deletes its Secret, and waits until the API server rejects it.
 *
 * @throws MeshError if the API server still accepts it after a minute
 */
export async function revokeToken(live: LiveCluster, token: string): Promise<void> {
  const secret = revokingSecret(token);
  if (secret === undefined) return;
  const { namespace, name, uid } = secret;
  if (await isRejected(live, token)) return;
  await live.delete({ apiVersion: 'v1', kind: 'Secret', namespace, name }, uid);
  for (const deadline = new Deadline(longestCache); !(await isRejected(live, token)); await sleep(1000)) {
    if (deadline.passed) throw stillAccepted(live.name, `${namespace}/${name}`);
  }
}

/** Whether the API server rejects a token (401). */
export async function isRejected(live: LiveCluster, token: string): Promise<boolean> {
  try {
    await (await live.withUser({ token })).connect();
    return false;
  } catch (error) {
    if (error instanceof MeshError && error.problems.some(({ code }) => code === 'LIVE-UNAUTHORIZED')) {
      return true;
    }
    throw error;
  }
}

function stillAccepted(cluster: string, secret: string): MeshError {
  return new MeshError([
    {
      code: 'LIVE-TOKEN',
      location: { file: cluster },
      message: `${cluster} still accepts the token of Secret ${secret}, although the Secret was deleted.`,
      hint: `Check that nothing creates the Secret again. To revoke all tokens of the account, delete ServiceAccount ${istioSystem}/${readerServiceAccount} and apply the folder of ${cluster} again.`,
    },
  ]);
}
