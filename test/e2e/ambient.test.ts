import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restartAfterNodeAgents } from './apply-mesh';
import {
  clusterCount,
  clusterSource,
  clusterValues,
  freshClusters,
  istioctlFolder,
  stopClusters,
} from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { linkPackage } from './linked-package';
import { answeringVersions, syncedClusters } from './mesh-answers';
import { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource === undefined)('a mesh in ambient mode', () => {
  let workplace: Workplace;

  beforeAll(() => {
    workplace = new Workplace(istioctlFolder(), freshClusters(clusterCount));
    linkPackage(workplace);
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('answers across clusters', () => {
    workplace.run(commands.initAmbient);
    workplace.editMesh((mesh) => mesh.setIn(['istio', 'values'], clusterValues));
    for (const step of ['synth', 'apply', 'join'] as const) workplace.run(commands[step]);
    restartAfterNodeAgents(workplace, clusters);
    workplace.run(commands.verify);
    for (const cluster of clusters) {
      expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
      expect(syncedClusters(workplace, cluster)).toEqual(clusters);
    }
  });

  test.each(clusters)('has no sidecar in %s', (cluster) => {
    const containers = workplace.kubectl(
      cluster,
      "-n sample get pods -o jsonpath='{.items[*].spec.initContainers[*].name} {.items[*].spec.containers[*].name}'",
    );
    expect(containers.trim().split(/\s+/).sort()).toEqual(['curl', 'helloworld']);
  });

  test('changes nothing when it is applied again', () => {
    for (const cluster of clusters) {
      const output = workplace.kubectl(cluster, `apply -f dist/${cluster}`);
      expect(output.split('\n').filter((line) => line !== '' && !line.endsWith(' unchanged'))).toEqual([]);
    }
  });

  test('names what is wrong', () => {
    const label = (value: string) =>
      workplace.kubectl('cluster2', `-n sample label service helloworld istio.io/global${value} --overwrite`);
    label('-');
    expect(() => workplace.run('npx istio-mesh verify --timeout 20')).toThrow(/istio\.io\/global/);
    label('=true');
    workplace.run(commands.verify);
  });

  withContinuousCalls(
    () => workplace,
    clusters,
    () => {
      test.skipIf(clusterCount < 3)('a third cluster', () => {
        workplace.editMesh((mesh) => {
          const cluster3 = { name: 'cluster3', network: 'network3', kubeconfig: 'cluster3.kubeconfig' };
          mesh.addIn(['clusters'], cluster3);
        });
        const [apply = '', join = ''] = commands.addCluster.split(/(?=^npx istio-mesh join$)/m);
        workplace.run(apply);
        restartAfterNodeAgents(workplace, ['cluster3']);
        workplace.run(join);
        for (const cluster of [...clusters, 'cluster3']) {
          expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2', 'v3']);
        }
      });
    },
  );
});
