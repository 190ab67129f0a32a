import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterSource, clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { answeringVersions } from './mesh-answers';
import { readmeBlocks } from './readme';
import { Workplace } from './workplace';

/** It needs clusters without Istio, and those that the caller gives have it by now. */
describe.skipIf(clusterSource !== 'lab')('the road of the README with istioctl install', () => {
  let workplace: Workplace;
  const [start = '', synth = '', , join = '', verify = ''] = readmeBlocks(
    'From mesh.yaml to a verified mesh',
  );
  const [install = ''] = readmeBlocks('With istioctl install');

  beforeAll(() => {
    const kubeconfigs = freshClusters(2);
    workplace = new Workplace(istioctlFolder(), kubeconfigs);
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('leads to a mesh in which both clusters answer', () => {
    workplace.run(start);
    workplace.editMesh((mesh) => mesh.setIn(['istio', 'values'], clusterValues));
    workplace.run(synth);
    workplace.run(install);
    workplace.run(join);
    workplace.run(verify);
    for (const cluster of ['cluster1', 'cluster2']) {
      expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
    }
  });
});
