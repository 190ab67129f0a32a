import { expect, test } from 'vitest';
import type { LiveCluster } from '../../src/live/live-cluster';
import { observeRollouts, rolloutProblems } from '../../src/live/rollouts';
import { defineMesh } from '../../src/mesh/define-mesh';

const mesh = defineMesh({
  meshID: 'mesh1',
  istio: { cni: { namespace: 'kube-system' } },
  clusters: [{ name: 'cluster1', network: 'network1' }],
});
const cluster = mesh.clusters[0] ?? expect.fail('no cluster');

/** A cluster with the pods of a node agent on two nodes, or without a node agent. */
function live(status?: object): LiveCluster {
  const metadata = { name: 'istio-cni-node', namespace: 'kube-system', generation: 2 };
  const daemonSet = { metadata, spec: { selector: { matchLabels: {} } }, status };
  return {
    read: async ({ kind, namespace }: { kind: string; namespace?: string }) =>
      kind === 'DaemonSet' && namespace === 'kube-system' && status !== undefined ? daemonSet : undefined,
    list: async () => [],
  } as unknown as LiveCluster;
}

const nodes = { observedGeneration: 2, desiredNumberScheduled: 2 };

test.each<[string, object | undefined, string | undefined]>([
  ['ready on all nodes', { ...nodes, updatedNumberScheduled: 2, numberReady: 2 }, undefined],
  [
    'not ready on a node',
    { ...nodes, updatedNumberScheduled: 2, numberReady: 1 },
    'The CNI node agent of cluster1 has 1 of 2 pods of its newest version ready.',
  ],
  [
    'of an old version on a node',
    { ...nodes, updatedNumberScheduled: 1, numberReady: 2 },
    'The CNI node agent of cluster1 has 1 of 2 pods of its newest version ready.',
  ],
  [
    'changed just now',
    { ...nodes, observedGeneration: 1, updatedNumberScheduled: 2, numberReady: 2 },
    'The CNI node agent of cluster1 has 0 of 2 pods of its newest version ready. The DaemonSet controller of the cluster has not seen the last change yet.',
  ],
  ['missing', undefined, 'The CNI node agent of cluster1 does not exist.'],
])('the CNI node agent is %s', async (_, status, message) => {
  const problems = rolloutProblems(cluster, await observeRollouts(live(status), mesh, cluster));
  const expected = message === undefined ? [] : [{ code: 'LIVE-CNI', message }];
  expect(problems.map(({ code, message: found }) => ({ code, message: found }))).toEqual(expected);
});

test('ztunnel and waypoints have the names of the definition', async () => {
  const read: string[] = [];
  const none = {
    read: async (object: { kind: string; name: string; namespace: string }) =>
      void read.push(`${object.kind} ${object.namespace}/${object.name}`),
  } as unknown as LiveCluster;
  const ambient = defineMesh({
    meshID: 'mesh1',
    dataPlane: 'ambient',
    istio: { values: { ztunnel: { resourceName: 'node-proxy' } } },
    clusters: [{ name: 'cluster1', network: 'network1' }],
    waypoints: [{ namespace: 'shop' }],
  });
  await observeRollouts(none, ambient, ambient.clusters[0] ?? cluster);
  expect(read).toEqual([
    'DaemonSet istio-system/istio-cni-node',
    'DaemonSet istio-system/node-proxy',
    'Deployment shop/waypoint',
    'Deployment istio-system/istio-ingressgateway',
  ]);
});
