import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ArgoCd, hasArgoCd, syncProblems } from './argo-cd';
import { ArgoCdWorkplace } from './argo-cd-workplace';
import { clusterSource, clusterValues } from './clusters';
import { commands } from './commands';
import type { GitRepository } from './git-repository';
import { answeringVersions } from './mesh-answers';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

/** The time limit until all clusters are synced, in milliseconds: Argo CD renders each chart for each cluster. */
const syncTimeout = 600_000;
const slow = { timeout: 2 * syncTimeout };

describe.skipIf(clusterSource !== 'lab' || !hasArgoCd)("Istio's charts with Argo CD, without metrics", () => {
  let place: ArgoCdWorkplace;
  let workplace: Workplace;
  let repository: GitRepository;
  let argoCd: ArgoCd;

  beforeAll(() => {
    place = new ArgoCdWorkplace(2);
    ({ workplace, repository, argoCd } = place);
  });
  afterAll(() => place.remove());

  test('syncs all waves, with the autoscalers in the last one', slow, async () => {
    repository.run(commands.startWithArgoCd);
    workplace.editMesh((mesh) => {
      mesh.setIn(['istio', 'controlPlane'], 'helm');
      mesh.setIn(['istio', 'values'], clusterValues);
    });
    repository.run(commands.commitMesh);
    workplace.run(commands.applyToArgoCd);
    await awaitSync();
    for (const cluster of clusters) {
      const scaled = workplace.kubectl(cluster, 'get horizontalpodautoscalers -n istio-system -o name');
      expect(scaled).toMatch(/\/istiod$/m);
    }
  });

  test('answers across clusters', () => {
    workplace.run(commands.verify);
    for (const cluster of clusters) expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
  });

  test('stays synced', slow, async () => {
    await argoCd.syncAgain();
    await awaitSync();
  });

  async function awaitSync(): Promise<void> {
    argoCd.refresh();
    const pending = () => [
      ...(argoCd.applications.length === 3 ? [] : ['there are not yet three applications']),
      ...argoCd.applications.flatMap(syncProblems),
    ];
    await expect.poll(pending, { timeout: syncTimeout, interval: 2000 }).toEqual([]);
  }
});
