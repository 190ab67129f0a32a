import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMesh, reinject } from './apply-mesh';
import { clusterSource, clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { testSameObjectsAsIstioctl } from './installed-objects';
import { answeringVersions } from './mesh-answers';
import { testServerSideDryRun } from './server-side-dry-run';
import { testTakeover } from './takeover';
import { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];
/** A cluster outside of the mesh. */
const spare = 'cluster3';

/** It needs clusters without Istio. An earlier test has installed it in clusters of the caller. */
describe.skipIf(clusterSource !== 'lab')('the commands of the pages with istioctl install', () => {
  let workplace: Workplace;

  beforeAll(() => {
    const kubeconfigs = freshClusters(3);
    workplace = new Workplace(istioctlFolder(), kubeconfigs);
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('installs a mesh in which both clusters answer', () => {
    workplace.run(commands.install);
    workplace.run(commands.init);
    workplace.editMesh((mesh) => {
      mesh.setIn(['security'], 'istio');
      mesh.setIn(['istio', 'controlPlane'], 'operator');
      mesh.setIn(['istio', 'values'], clusterValues);
    });
    workplace.run(commands.synth);
    workplace.run(commands.installOperators);
    workplace.run(commands.join);
    workplace.run(commands.verify);
    for (const cluster of clusters) expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
  });

  describe('compared with the native format', () => {
    testServerSideDryRun(() => workplace, spare);
    testSameObjectsAsIstioctl(() => workplace, 'cluster1', spare);
  });

  withContinuousCalls(
    () => workplace,
    clusters,
    () => {
      testTakeover(() => workplace, clusters);

      test('changes to the native format', () => {
        workplace.editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], 'native'));
        applyMesh(workplace, clusters);
        reinject(workplace, clusters);
      });

      test('changes back to istioctl install', () => {
        workplace.editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], 'operator'));
        workplace.run(commands.synth);
        workplace.run(commands.installOperators);
        reinject(workplace, clusters);
      });
    },
  );
});
