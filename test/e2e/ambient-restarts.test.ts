import { describe, expect, test } from 'vitest';
import { applyMesh, restart, restartZtunnels } from './apply-mesh';
import { ambientValues, clusterSource } from './clusters';
import { commands } from './commands';
import { makeRestartable } from './restartable-hello-world';
import { ServiceCalls } from './service-calls';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

/** How often everything restarts, with each of the manifests. */
const rounds = 3;

/** ztunnel resets a connection now and then when it ends, with any manifests. */
const chance = 2;

describe.skipIf(clusterSource === undefined)('restarts of gateways, istiods and ztunnels', () => {
  const workplace = verifiedMesh(clusters.length, (mesh) => {
    mesh.set('dataPlane', 'ambient');
    mesh.setIn(['istio', 'values'], ambientValues);
  });

  test('lose no more calls than with the manifests of istioctl', { timeout: 1_200_000 }, async () => {
    const native = await failuresDuringRestarts();
    workplace().editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], 'istioctl'));
    applyMesh(workplace(), clusters);
    workplace().run(commands.deleteDefaultTag);
    restartZtunnels(workplace(), clusters);
    restart(workplace(), clusters, 'sample');
    const istioctl = await failuresDuringRestarts();
    expect(native).toBeLessThanOrEqual(istioctl + chance);
  });

  /** The number of calls that fail while everything restarts. */
  async function failuresDuringRestarts(): Promise<number> {
    for (const [index, cluster] of clusters.entries()) makeRestartable(workplace(), cluster, `v${index + 1}`);
    workplace().run(commands.verify);
    const callers = clusters.map((cluster) => new ServiceCalls(workplace(), cluster));
    for (let round = 0; round < rounds; round++) {
      restart(workplace(), clusters, 'istio-system');
      restartZtunnels(workplace(), clusters);
    }
    workplace().run(commands.verify);
    await Promise.all(callers.map((caller) => caller.stop()));
    const calls = callers.flatMap((caller) => caller.calls);
    const failures = callers.flatMap((caller) => caller.failures);
    console.log(`${failures.length} of ${calls.length} calls failed:\n${failures.join('\n')}`);
    return failures.length;
  }
});
