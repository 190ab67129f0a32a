import { describe, expect, test } from 'vitest';
import { ambientValues, clusterSource } from './clusters';
import { commands } from './commands';
import { verifiedMesh } from './verified-mesh';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

describe.skipIf(clusterSource === undefined)('a mesh in ambient mode with waypoints', () => {
  const workplace = verifiedMesh(clusters.length, (mesh) => {
    mesh.set('dataPlane', 'ambient');
    mesh.setIn(['istio', 'values'], ambientValues);
    mesh.set('waypoints', [{ namespace: 'sample' }]);
  });

  test('calls both clusters through the waypoint of the caller', () => {
    for (const cluster of clusters) {
      workplace().kubectl(cluster, `apply -f - <<< '${JSON.stringify(routeThrough(cluster))}'`);
    }
    workplace().run(commands.verify);
    for (const cluster of clusters) {
      const throughOwn = ['v1', 'v2'].map((version) => `${version} through ${cluster}`);
      expect(answersThroughWaypoint(workplace(), cluster)).toEqual(throughOwn);
    }
  });
});

/** The header that only a waypoint adds: ztunnel does not read HTTP. */
const header = 'x-waypoint';

/** A route of the waypoint in a cluster, which adds the name of the cluster to answers. */
function routeThrough(cluster: string): object {
  const port = 5000;
  const add = [{ name: header, value: cluster }];
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'helloworld', namespace: 'sample' },
    spec: {
      parentRefs: [{ group: '', kind: 'Service', name: 'helloworld', port }],
      rules: [
        {
          filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { add } }],
          backendRefs: [{ name: 'helloworld', port }],
        },
      ],
    },
  };
}

/** The versions that answer a client, each with the cluster of the waypoint that the answer came through. */
function answersThroughWaypoint(workplace: Workplace, cluster: string): string[] {
  const call = `curl -sS --max-time 5 -w "through %header{${header}}" helloworld.sample:5000/hello`;
  const output = workplace.kubectl(
    cluster,
    `-n sample exec deploy/curl -c curl -- sh -c 'for i in $(seq 40); do ${call}; echo; done'`,
  );
  const answers = output.matchAll(/version: (v\d+),.*\s(through \S*)/g);
  return [...new Set([...answers].map(([, version, waypoint]) => `${version} ${waypoint}`))].sort();
}
