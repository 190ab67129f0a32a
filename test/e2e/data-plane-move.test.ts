import { describe, expect, test } from 'vitest';
import type { Document } from 'yaml';
import { ambientValues, clusterSource, clusterValues } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { answeringVersions } from './mesh-answers';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource === undefined)('a mesh with sidecars', () => {
  const workplace = verifiedMesh(clusters.length);

  const verification = (settings: object) => (mesh: Document) =>
    mesh.set('verification', { helloWorld: 'enabled', ...settings });

  function move(edit: (mesh: Document) => void, step: keyof typeof commands): void {
    workplace().editMesh(edit);
    workplace().run(commands[step]);
  }

  function expectAnswers(versions: (index: number) => string[]): void {
    for (const [index, cluster] of clusters.entries())
      expect(answeringVersions(workplace(), cluster)).toEqual(versions(index));
  }
  const fromBoth = () => ['v1', 'v2'];
  const fromItself = (index: number) => [`v${index + 1}`];

  function containersOfHelloWorld(cluster: string): string[] {
    const containers = "'{.items[*].spec.initContainers[*].name} {.items[*].spec.containers[*].name}'";
    const pods = '-n sample get pods --field-selector status.phase=Running';
    return workplace().kubectl(cluster, `${pods} -o jsonpath=${containers}`).trim().split(/\s+/).sort();
  }

  withContinuousCalls(workplace, clusters, () => {
    test('gets ambient mode beside them', () => {
      move((mesh) => {
        mesh.set('dataPlane', 'both');
        mesh.setIn(['istio', 'values'], ambientValues);
      }, 'addAmbient');
      expectAnswers(fromBoth);
    });

    test('moves its workloads to ambient mode while they are local', () => {
      move(verification({ scope: 'local' }), 'makeLocal');
      expectAnswers(fromItself);
      move(verification({ scope: 'local', dataPlane: 'ambient' }), 'moveWorkloads');
      expectAnswers(fromItself);
      move(verification({ dataPlane: 'ambient' }), 'makeGlobal');
      expectAnswers(fromBoth);
    });

    test('has ambient mode alone', () => {
      move((mesh) => {
        mesh.set('dataPlane', 'ambient');
        mesh.setIn(['istio', 'profile'], 'default');
        mesh.setIn(['eastWestGateway', 'ambient'], { name: 'istio-eastwestgateway-ambient' });
        verification({})(mesh);
      }, 'removeSidecarGateways');
      expectAnswers(fromBoth);
      for (const cluster of clusters) expect(containersOfHelloWorld(cluster)).toEqual(['curl', 'helloworld']);
    });

    test('gets sidecars beside ambient mode', () => {
      move((mesh) => {
        mesh.set('dataPlane', 'both');
        verification({ dataPlane: 'ambient' })(mesh);
      }, 'addSidecars');
      expectAnswers(fromBoth);
    });

    test('moves its workloads back', () => {
      move(verification({ scope: 'local', dataPlane: 'ambient' }), 'makeLocal');
      move(verification({ scope: 'local', dataPlane: 'sidecar' }), 'moveWorkloads');
      expectAnswers(fromItself);
      move(verification({}), 'makeGlobal');
      expectAnswers(fromBoth);
    });

    test('has sidecars alone', () => {
      move((mesh) => {
        mesh.set('dataPlane', 'sidecar');
        mesh.deleteIn(['eastWestGateway', 'ambient']);
        mesh.setIn(['istio', 'values'], clusterValues);
      }, 'removeAmbient');
      expectAnswers(fromBoth);
      for (const cluster of clusters) {
        const containers = containersOfHelloWorld(cluster);
        expect(containers.filter((name) => name === 'istio-proxy')).toHaveLength(2);
        expect(workplace().kubectl(cluster, '-n istio-system get daemonsets -o name')).toBe('');
      }
    });
  });
});
