import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testAppliedAgain } from './applied-again';
import { testCanaryUpgrade } from './canary-upgrade';
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
import { testFormatChange } from './format-change';
import { answeringVersions, syncedClusters } from './mesh-answers';
import { remoteSecrets } from './remote-secrets';
import { Workplace } from './workplace';

describe.skipIf(clusterSource === undefined)('the commands of the README, on real clusters', () => {
  let workplace: Workplace;

  beforeAll(() => {
    const kubeconfigs = freshClusters(clusterCount);
    workplace = new Workplace(istioctlFolder(), kubeconfigs);
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('starts in an empty folder', () => {
    workplace.run(commands.install);
    workplace.run(commands.init);
    workplace.editMesh((mesh) => mesh.setIn(['istio', 'values'], clusterValues));
    expect(workplace.run(commands.synth)).toContain('cluster2 (not joined)');
  });

  test('applies each folder to its cluster', () => {
    workplace.run(commands.apply);
  });

  test('joins the clusters with the secrets that istioctl creates', () => {
    workplace.run(commands.join);
    for (const [reader, remote] of [
      ['cluster1', 'cluster2'],
      ['cluster2', 'cluster1'],
    ] as const) {
      const [ours] = remoteSecrets(
        readFileSync(join(workplace.folder, `dist/${reader}/60-remote-secrets.k8s.yaml`), 'utf8'),
      );
      const made = workplace.run(
        `istioctl --kubeconfig ${remote}.kubeconfig create-remote-secret --name ${remote}`,
      );
      expect([ours]).toEqual(remoteSecrets(made));
      const root = readFileSync(join(workplace.folder, 'certs/root-cert.pem'), 'utf8');
      expect(readFileSync(join(workplace.folder, `remotes/${remote}.root-cert.pem`), 'utf8')).toBe(root);
    }
  });

  test('verifies that all clusters answer each other', () => {
    expect(workplace.run(commands.verify)).toMatch(/cluster1/);
    for (const cluster of ['cluster1', 'cluster2']) {
      expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
      expect(syncedClusters(workplace, cluster)).toEqual(['cluster1', 'cluster2']);
    }
  });

  testAppliedAgain(() => workplace, ['cluster1', 'cluster2']);

  test('changes nothing when it is synthesized again', () => {
    const digest = 'find dist -type f -print0 | sort -z | xargs -0 sha256sum';
    const before = workplace.run(digest);
    workplace.run(commands.synth);
    expect(workplace.run(digest)).toBe(before);
  });

  withContinuousCalls(
    () => workplace,
    ['cluster1', 'cluster2'],
    () => {
      testFormatChange(() => workplace, ['cluster1', 'cluster2']);
      testCanaryUpgrade(() => workplace, ['cluster1', 'cluster2']);

      test.skipIf(clusterCount < 3)('adds a third cluster to the running mesh', () => {
        const rootBefore = workplace.run('cat certs/root-cert.pem certs/cluster1/ca-cert.pem');
        workplace.editMesh((mesh) => {
          mesh.addIn(['clusters'], {
            name: 'cluster3',
            network: 'network3',
            kubeconfig: 'cluster3.kubeconfig',
          });
        });
        workplace.run(commands.addCluster);
        for (const cluster of ['cluster1', 'cluster2', 'cluster3']) {
          expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2', 'v3']);
          expect(syncedClusters(workplace, cluster, 'canary')).toEqual(['cluster1', 'cluster2', 'cluster3']);
        }
        expect(workplace.run('cat certs/root-cert.pem certs/cluster1/ca-cert.pem')).toBe(rootBefore);
      });

      test.skipIf(clusterCount < 3)('removes the third cluster again', () => {
        const [change, rest] = commands.removeCluster.split(/(?<=synth\n)/);
        workplace.run(change ?? '');
        const check = 'npx istio-mesh verify --removed cluster3 --timeout 5';
        expect(() => workplace.run(check)).toThrow(/LIVE-STRAY: istiod of cluster1 still reads cluster3/);
        workplace.run(rest ?? '');
        for (const cluster of ['cluster1', 'cluster2']) {
          expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
          expect(syncedClusters(workplace, cluster, 'canary')).toEqual(['cluster1', 'cluster2']);
        }
      });
    },
  );

  test('reports why a cluster stops answering', () => {
    workplace.run(
      'kubectl --kubeconfig cluster2.kubeconfig -n istio-system delete service istio-eastwestgateway',
    );
    expect(() => workplace.run('npx istio-mesh verify --timeout 20')).toThrow(
      /exit status 1 [\s\S]*cluster2[\s\S]*gateway/,
    );
  });
});
