import { describe, expect, test } from 'vitest';
import type { RotationStatus } from '../../src/live/rotation/rotation-status';
import { restartZtunnels } from './apply-mesh';
import { ambientValues, clusterSource } from './clusters';
import { commands } from './commands';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource === undefined)('a rotation of certificates in ambient mode', () => {
  const workplace = verifiedMesh(clusters.length, (mesh) => {
    mesh.set('dataPlane', 'ambient');
    mesh.setIn(['istio', 'values'], ambientValues);
    mesh.setIn(['certificates'], { keyAlgorithm: 'EC-P256', rootRotation: 'enabled' });
  });

  test('issues the next root', () => {
    workplace().run(commands.rotateRoot);
  });

  test.each(['trust both roots', 'have certificates of the new root', 'trust the new root alone'])(
    'restarts ztunnels, which then %s',
    async () => {
      workplace().run(commands.rotateRoot.replace(/ --wait$/m, ' || true'));
      // A ztunnel that starts before istiod has loaded the certificate gets the old ones again.
      await expect.poll(whatIsLeft, { timeout: 180_000, interval: 5000 }).toEqual(clusters);
      restartZtunnels(workplace(), clusters);
      workplace().run('npx istio-mesh rotate status --wait');
      workplace().run(commands.verify);
    },
  );

  /** What the rotation waits for, as the name of a cluster whose ztunnel is old, or as a message. */
  function whatIsLeft(): string[] {
    const status: RotationStatus = JSON.parse(workplace().run('npx istio-mesh rotate status --json || true'));
    const messages = status.clusters.flatMap(({ problems }) => problems.map(({ message }) => message));
    return messages.map((message) => /^ztunnel of (\S+) /.exec(message)?.[1] ?? message).sort();
  }
});
