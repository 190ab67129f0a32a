import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMesh, reinject } from './apply-mesh';
import { clusterSource, clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { withoutLosingACall } from './continuous-calls';
import { isWhatIstioctlInstalls } from './installed-objects';
import { answeringVersions } from './mesh-answers';
import { readmeBlocks } from './readme';
import { passesServerSideDryRuns } from './server-side-dry-run';
import { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];
/** The cluster for what must not meet the mesh. */
const spare = 'cluster3';

/** It needs clusters without Istio, and those that the caller gives have it by now. */
describe.skipIf(clusterSource !== 'lab')('the road of the README with istioctl install', () => {
  let workplace: Workplace;
  const [start = '', synth = '', , join = '', verify = ''] = readmeBlocks(
    'From mesh.yaml to a verified mesh',
  );
  const [, install = ''] = readmeBlocks('Forms of the control plane');

  beforeAll(() => {
    const kubeconfigs = freshClusters(3);
    workplace = new Workplace(istioctlFolder(), kubeconfigs);
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('leads to a mesh in which both clusters answer', () => {
    workplace.run(start);
    workplace.editMesh((mesh) => {
      mesh.setIn(['istio', 'controlPlane'], 'operator');
      mesh.setIn(['istio', 'values'], clusterValues);
    });
    workplace.run(synth);
    workplace.run(install);
    workplace.run(join);
    workplace.run(verify);
    for (const cluster of clusters) expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
  });

  describe('beside the native form', () => {
    passesServerSideDryRuns(() => workplace, spare);
    isWhatIstioctlInstalls(() => workplace, 'cluster1', spare);
  });

  withoutLosingACall(
    () => workplace,
    clusters,
    () => {
      test('goes on in the native form', () => {
        workplace.editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], 'native'));
        applyMesh(workplace, clusters);
        reinject(workplace, clusters);
      });

      test('goes back to istioctl install', () => {
        workplace.editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], 'operator'));
        workplace.run(synth);
        workplace.run(install);
        reinject(workplace, clusters);
      });
    },
  );
});
