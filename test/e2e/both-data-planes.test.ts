import { describe, expect, test } from 'vitest';
import { clusterSource, clusterValues } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { answeringVersions } from './mesh-answers';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

/** Sidecars of the lab lack the filter that reads the metadata of peers in ambient mode. */
const sidecarValues =
  clusterSource === 'lab'
    ? {
        ...clusterValues,
        pilot: { env: { ...clusterValues.pilot?.env, AMBIENT_ENABLE_BAGGAGE: 'false' } },
      }
    : clusterValues;

describe.skipIf(clusterSource === undefined)('a mesh with sidecars', () => {
  const workplace = verifiedMesh(clusters.length);

  withContinuousCalls(workplace, clusters, () => {
    test('gets ambient mode beside them', () => {
      workplace().editMesh((mesh) => {
        mesh.set('dataPlane', 'both');
        mesh.setIn(['istio', 'values'], sidecarValues);
      });
      workplace().run(commands.addAmbient);
      for (const cluster of clusters) expect(answeringVersions(workplace(), cluster)).toEqual(['v1', 'v2']);
    });
  });
});
