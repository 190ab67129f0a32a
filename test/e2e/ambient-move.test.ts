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

const gateway = { ambient: { name: 'istio-eastwestgateway-ambient' } };

describe.skipIf(clusterSource === undefined)('a mesh that moves from sidecars to ambient mode', () => {
  const workplace = verifiedMesh(clusters.length);

  withContinuousCalls(workplace, clusters, () => {
    test('adds ambient mode beside the sidecars', () => {
      workplace().editMesh((mesh) => {
        mesh.set('dataPlane', 'both');
        mesh.setIn(['istio', 'values'], sidecarValues);
      });
      workplace().run(commands.addAmbient);
      for (const cluster of clusters) expect(answeringVersions(workplace(), cluster)).toEqual(['v1', 'v2']);
    });

    test('moves the first cluster, whose pods reach all others', () => {
      move(0, 'ambient');
      workplace().run(commands.moveToAmbient);
      expect(containers('cluster1')).toEqual(['curl', 'helloworld']);
      expect(answeringVersions(workplace(), 'cluster1')).toEqual(['v1', 'v2']);
      expect(answeringVersions(workplace(), 'cluster2')).toEqual(['v2']);
    });

    test('moves it back', () => {
      move(0, 'both');
      const [_copy, ...others] = commands.moveToAmbient.split('\n');
      workplace().run(others.join('\n'));
      for (const cluster of clusters) expect(answeringVersions(workplace(), cluster)).toEqual(['v1', 'v2']);
    });

    test('moves both clusters, and deletes what sidecars needed', () => {
      for (const [index, cluster] of clusters.entries()) {
        move(index, 'ambient');
        workplace().run(commands.moveToAmbient.replaceAll('cluster1', cluster));
      }
      workplace().run(commands.deleteSidecarGateways);
      workplace().run(commands.verify);
      for (const cluster of clusters) {
        expect(containers(cluster)).toEqual(['curl', 'helloworld']);
        expect(answeringVersions(workplace(), cluster)).toEqual(['v1', 'v2']);
      }
    });
  });

  function move(index: number, dataPlane: 'ambient' | 'both'): void {
    workplace().editMesh((mesh) => {
      mesh.setIn(['clusters', index, 'dataPlane'], dataPlane);
      mesh.setIn(['clusters', index, 'eastWestGateway'], gateway);
    });
  }

  /** The names of the containers of the pods of a cluster that are not ending. */
  function containers(cluster: string): string[] {
    const names = workplace().kubectl(
      cluster,
      "-n sample get pods --field-selector=status.phase=Running -o jsonpath='{.items[*].spec.initContainers[*].name} {.items[*].spec.containers[*].name}'",
    );
    return [...new Set(names.trim().split(/\s+/))].sort();
  }
});
