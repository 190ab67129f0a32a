import { describe, expect, test } from 'vitest';
import type { UpgradeReport } from '../../src/cli/upgrade-text';
import { clusterSource } from './clusters';
import { withContinuousCalls } from './continuous-calls';
import { verifiedMesh } from './verified-mesh';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

/** Local clusters have the images of one older version. */
const old = { version: '1.30.3', tag: '1.30.0-20260423' };
const next = '1.31.0';

describe.skipIf(clusterSource !== 'lab')('upgrades of Istio as planned', () => {
  describe.each([
    ['in place', ''],
    ['with a canary', '--canary canary'],
  ])('%s', (_, options) => {
    const workplace = verifiedMesh(clusters.length, (mesh) => {
      for (const [key, value] of Object.entries(old)) mesh.setIn(['istio', key], value);
    });

    withContinuousCalls(workplace, clusters, () => {
      test.each(clusters)('upgrades %s', { timeout: 900_000 }, (cluster) => {
        const plan = planOf(workplace(), options);
        expect(plan.waves[0]?.clusters).toEqual([cluster]);
        runWave(workplace(), plan);
        expect(imagesOf(workplace(), cluster)).toEqual([next]);
        expect(planOf(workplace(), options).done).toContain(cluster);
      });
    });
  });
});

function planOf(workplace: Workplace, options: string): UpgradeReport {
  return JSON.parse(workplace.run(`npx istio-mesh upgrade plan --to ${next} ${options} --json`));
}

/** Does what the plan says up to the end of its first wave. */
function runWave(workplace: Workplace, { before, waves: [wave] }: UpgradeReport): void {
  for (const { edits = [], commands } of [before, ...(wave?.steps ?? [])]) {
    workplace.editMesh((mesh) => {
      for (const { cluster, istio } of edits) {
        for (const [key, value] of Object.entries(istio)) {
          const path = ['clusters', clusters.indexOf(cluster), 'istio', key];
          if (value === null) mesh.deleteIn(path);
          else mesh.setIn(path, value);
        }
      }
    });
    workplace.run(['PATH=$PWD/node_modules/.bin:$PATH', ...commands].join('\n'));
  }
}

/** The versions in the images of all istiods and proxies of a cluster. */
function imagesOf(workplace: Workplace, cluster: string): string[] {
  const pods = workplace.kubectl(
    cluster,
    "get pods -A --field-selector=status.phase=Running -o jsonpath='{.items[*].spec.containers[*].image}'",
  );
  const images = pods.split(/\s+/).filter((image) => /\/(pilot|proxyv2):/.test(image));
  return [...new Set(images.map((image) => image.split(':').at(-1) ?? ''))];
}
