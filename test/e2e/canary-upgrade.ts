import { expect, test, vi } from 'vitest';
import { analysis } from './analysis';
import { applyMesh, awaitRollouts, restart } from './apply-mesh';
import { commands } from './commands';
import { unwrittenObjects } from './live-objects';
import { answeringVersions, servedNamespaces, syncedClusters } from './mesh-answers';
import type { Workplace } from './workplace';

/** A running mesh moves to a second control plane, and the first one goes. */
export function upgradesByCanary(workplace: () => Workplace, clusters: readonly string[]): void {
  const ofOthers: Record<string, string[]> = {};

  test('takes in a second control plane, for those who ask for it', () => {
    for (const cluster of clusters) ofOthers[cluster] = unwrittenObjects(workplace(), cluster);
    workplace().editMesh((mesh) => mesh.setIn(['istio', 'canary'], { revision: 'canary' }));
    applyMesh(workplace(), clusters);
    for (const cluster of clusters) {
      addClient(workplace(), cluster, 'early', 'istio.io/rev=canary');
      addClient(workplace(), cluster, 'late', 'istio-injection=enabled');
    }
    for (const cluster of clusters) {
      for (const namespace of ['early', 'late']) awaitRollouts(workplace(), cluster, namespace);
      expect(servedNamespaces(workplace(), cluster, 'canary')).toEqual(['early']);
      expect(servedNamespaces(workplace(), cluster, 'default')).toEqual(['istio-system', 'late', 'sample']);
      expect(syncedClusters(workplace(), cluster, 'canary')).toEqual(clusters);
      expect(answeringVersions(workplace(), cluster, 'early')).toEqual(['v1', 'v2']);
      expect(analysis(workplace(), errorsOf(cluster))).toEqual([]);
    }
  });

  test('moves to it with everything else', async () => {
    workplace().editMesh((mesh) => {
      mesh.setIn(['istio', 'revision'], 'canary');
      mesh.setIn(['istio', 'canary'], { revision: 'default' });
    });
    applyMesh(workplace(), clusters);
    for (const namespace of ['late', 'sample']) restart(workplace(), clusters, namespace);
    for (const cluster of clusters) {
      // Pods that end stay connected for as long as they drain.
      await vi.waitFor(() => expect(servedNamespaces(workplace(), cluster, 'default')).toEqual([]), 60_000);
      expect(servedNamespaces(workplace(), cluster, 'canary')).toEqual([
        ...['early', 'istio-system', 'late', 'sample'],
      ]);
      expect(analysis(workplace(), errorsOf(cluster))).toEqual([]);
    }
  });

  test('gives up the first control plane, of which nothing is left', () => {
    for (const cluster of clusters) {
      workplace().run(commands.removeOldControlPlane.replaceAll('cluster1', cluster));
    }
    workplace().editMesh((mesh) => mesh.deleteIn(['istio', 'canary']));
    applyMesh(workplace(), clusters);
    for (const cluster of clusters) {
      expect(unwrittenObjects(workplace(), cluster)).toEqual(
        [...(ofOthers[cluster] ?? []), ...clientObjects('early'), ...clientObjects('late')].sort(),
      );
      expect(syncedClusters(workplace(), cluster, 'canary')).toEqual(clusters);
    }
  });
}

function errorsOf(cluster: string): string {
  return `--kubeconfig ${cluster}.kubeconfig --output-threshold=Error`;
}

/** A client in a namespace whose label says which control plane it follows. */
function addClient(workplace: Workplace, cluster: string, namespace: string, label: string): void {
  const command = `sh -c 'trap exit TERM; sleep infinity & wait'`;
  workplace.kubectl(cluster, `create namespace ${namespace}`);
  workplace.kubectl(cluster, `label namespace ${namespace} ${label}`);
  workplace.kubectl(
    cluster,
    `-n ${namespace} create deployment curl --image=docker.io/curlimages/curl:8.16.0 -- ${command}`,
  );
}

function clientObjects(namespace: string): string[] {
  return [`Deployment ${namespace}/curl`, `Namespace /${namespace}`];
}
