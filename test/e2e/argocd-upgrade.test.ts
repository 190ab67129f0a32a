import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasArgoCd } from './argo-cd';
import { ArgoCdWorkplace } from './argo-cd-workplace';
import { clusterSource } from './clusters';
import { withContinuousCalls } from './continuous-calls';
import { nextVersion, planOf, proxyVersions, runWave, withOldVersion } from './planned-upgrade';

const clusters = ['cluster1', 'cluster2'];

/** Where Argo CD runs. */
const withKubeconfig = 'export KUBECONFIG=$PWD/argocd.kubeconfig';

describe.skipIf(clusterSource !== 'lab' || !hasArgoCd)('an upgrade with Argo CD, as planned', () => {
  let place: ArgoCdWorkplace;

  beforeAll(() => {
    place = new ArgoCdWorkplace(clusters.length);
  });
  afterAll(() => place.remove());

  test('begins with a verified mesh', { timeout: 600_000 }, async () => {
    await place.startMesh(withOldVersion);
  });

  withContinuousCalls(
    () => place.workplace,
    clusters,
    () => {
      test.each(clusters)('upgrades %s with a commit', { timeout: 900_000 }, (cluster) => {
        const { workplace, repository } = place;
        const plan = planOf(workplace);
        expect(plan.waves[0]?.clusters).toEqual([cluster]);
        runWave(workplace, plan, (commands) => repository.run(`${withKubeconfig}\n${commands}`));
        expect(proxyVersions(workplace, cluster)).toEqual([nextVersion]);
      });
    },
  );
});
