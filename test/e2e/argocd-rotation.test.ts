import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasArgoCd } from './argo-cd';
import { ArgoCdWorkplace } from './argo-cd-workplace';
import { clusterSource } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';

const clusters = ['cluster1', 'cluster2'];

const awaitStep = 'npx istio-mesh rotate status --wait\n';

describe.skipIf(clusterSource !== 'lab' || !hasArgoCd)('a rotation of the root with Argo CD', () => {
  let place: ArgoCdWorkplace;

  beforeAll(() => {
    place = new ArgoCdWorkplace(clusters.length);
  });
  afterAll(() => place.remove());

  test('begins with a verified mesh', { timeout: 600_000 }, async () => {
    await place.startMesh((mesh) =>
      mesh.setIn(['certificates'], { keyAlgorithm: 'EC-P256', rootRotation: 'enabled' }),
    );
  });

  withContinuousCalls(
    () => place.workplace,
    clusters,
    () => {
      test('takes every step with a commit', { timeout: 900_000 }, () => {
        const { workplace, repository } = place;
        const old = rootInFiles();
        workplace.run(`npx istio-mesh rotate root\n${awaitStep}`);
        const states = ['both roots', 'next issuer', 'next root'].map(() => {
          repository.run(commands.commitRotation.replace(awaitStep, ''));
          workplace.run(awaitStep);
          return [trustedRoots('cluster1'), trustedRoots('cluster2')];
        });
        expect(states).toEqual([
          [2, 2],
          [2, 2],
          [1, 1],
        ]);
        expect(rootInFiles()).not.toBe(old);
        workplace.run(commands.verify);
      });
    },
  );

  function rootInFiles(): string {
    const file = join(place.workplace.folder, 'certs/root-cert.pem');
    return new X509Certificate(readFileSync(file, 'utf8')).fingerprint256;
  }

  /** The number of root certificates that istiod gives to new pods. */
  function trustedRoots(cluster: string): number {
    const roots = place.workplace.kubectl(cluster, '-n sample get configmap istio-ca-root-cert -o yaml');
    return roots.match(/BEGIN CERTIFICATE/g)?.length ?? 0;
  }
});
