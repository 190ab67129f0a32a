import { describe, expect, test } from 'vitest';
import { clusterSource } from './clusters';
import { withContinuousCalls } from './continuous-calls';
import { nextVersion, planOf, proxyVersions, runWave, withOldVersion } from './planned-upgrade';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource !== 'lab')('upgrades of Istio as planned', () => {
  describe.each([
    ['in place', ''],
    ['with a canary', '--canary canary'],
  ])('%s', (_, options) => {
    const workplace = verifiedMesh(clusters.length, withOldVersion);

    withContinuousCalls(workplace, clusters, () => {
      test.each(clusters)('upgrades %s', { timeout: 900_000 }, (cluster) => {
        const plan = planOf(workplace(), options);
        expect(plan.waves[0]?.clusters).toEqual([cluster]);
        runWave(workplace(), plan);
        expect(proxyVersions(workplace(), cluster)).toEqual([nextVersion]);
        expect(planOf(workplace(), options).done).toContain(cluster);
      });
    });
  });
});
