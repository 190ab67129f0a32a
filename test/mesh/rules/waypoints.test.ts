import { expect, test } from 'vitest';
import type { DataPlane } from '../../../src/mesh/data-plane';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { WaypointDefinition } from '../../../src/mesh/waypoints';
import { problemsOf } from '../problems-of';

function found(
  waypoints: readonly WaypointDefinition[],
  dataPlane: DataPlane = 'ambient',
): [string, string][] {
  const clusters = [{ name: 'a', network: 'n1' }];
  const problems = problemsOf(() => defineMesh({ meshID: 'mesh1', dataPlane, clusters, waypoints }));
  return problems.map(({ location, hint }) => [location.path ?? '', hint]);
}

test('waypoints of a namespace have different names', () => {
  const other = { namespace: 'bank' };
  expect(found([{ namespace: 'shop' }, other, { namespace: 'shop', name: 'waypoint' }])).toEqual([
    ['waypoints[2]', 'Write another name, or remove one of the two.'],
  ]);
  expect(found([{ namespace: 'shop' }, other, { namespace: 'shop', name: 'other' }])).toEqual([]);
});

test('waypoints need a cluster in ambient mode', () => {
  expect(found([{ namespace: 'shop' }], 'both')).toEqual([]);
  expect(found([{ namespace: 'shop' }], 'sidecar')).toEqual([
    ['waypoints', 'Write dataPlane: ambient or dataPlane: both, or remove waypoints.'],
  ]);
});

test('the pods are pods that Kubernetes accepts', () => {
  expect(found([{ namespace: 'shop', strategy: { type: 'OnDelete' } }])).toEqual([
    ['waypoints[0].strategy.type', 'Write RollingUpdate or Recreate.'],
  ]);
  expect(found([{ namespace: 'shop', volumes: [{ name: 'istio-token', emptyDir: {} }] }])).toEqual([
    ['waypoints[0].volumes[0].name', 'Write another name.'],
  ]);
});
