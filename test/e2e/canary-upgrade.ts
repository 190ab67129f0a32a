import { expect, test, vi } from 'vitest';
import { analysis } from './analysis';
import { applyMesh, awaitRollouts, restart } from './apply-mesh';
import { commands } from './commands';
import { unwrittenObjects } from './live-objects';
import { answeringVersions, servedNamespaces, syncedClusters } from './mesh-answers';
import type { Workplace } from './workplace';

/** Moves a running mesh to a second control plane, and removes the first one. */
export function testCanaryUpgrade(workplace: () => Workplace, clusters: readonly string[]): void {
  const objectsBefore: Record<string, string[]> = {};

  test('adds a second control plane for namespaces that select it', () => {
    for (const cluster of clusters) objectsBefore[cluster] = unwrittenObjects(workplace(), cluster);
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

  test('moves everything else to it', async () => {
    workplace().editMesh((mesh) => {
      mesh.setIn(['istio', 'revision'], 'canary');
      mesh.setIn(['istio', 'canary'], { revision: 'default' });
    });
    applyMesh(workplace(), clusters);
    for (const namespace of ['late', 'sample']) restart(workplace(), clusters, namespace);
    for (const cluster of clusters) {
      // Terminating pods stay connected while they drain.
      await vi.waitFor(() => expect(servedNamespaces(workplace(), cluster, 'default')).toEqual([]), 60_000);
      expect(servedNamespaces(workplace(), cluster, 'canary')).toEqual([
        ...['early', 'istio-system', 'late', 'sample'],
      ]);
      expect(analysis(workplace(), errorsOf(cluster))).toEqual([]);
    }
  });

  test('removes all objects of the first control plane', () => {
    for (const cluster of clusters) {
      workplace().run(commands.removeOldControlPlane.replaceAll('cluster1', cluster));
    }
    workplace().editMesh((mesh) => mesh.deleteIn(['istio', 'canary']));
    applyMesh(workplace(), clusters);
    for (const cluster of clusters) {
      expect(unwrittenObjects(workplace(), cluster)).toEqual(
        [...(objectsBefore[cluster] ?? []), ...clientObjects('early'), ...clientObjects('late')].sort(),
      );
      expect(syncedClusters(workplace(), cluster, 'canary')).toEqual(clusters);
    }
  });
}

function errorsOf(cluster: string): string {
  return `--kubeconfig ${cluster}.kubeconfig --output-threshold=Error`;
}

/** Adds a client in a namespace with the label of a control plane. */
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
