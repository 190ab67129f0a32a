import { expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { GatewayApiChoice } from '../../../src/mesh/istio';
import { problemsOf } from '../problems-of';

function hints(version: string, gatewayAPI?: GatewayApiChoice): string[] {
  const istio = { version, controlPlane: 'istioctl', gatewayAPI } as const;
  const clusters = [{ name: 'a', network: 'n1' }];
  return problemsOf(() => defineMesh({ meshID: 'mesh1', istio, clusters })).map(({ hint }) => hint);
}

test('the version of the Gateway API is known only for versions of Istio that this package supports', () => {
  expect(hints('1.28.0', 'install')).toEqual([
    'Write a version of 1.31, 1.30, 1.29, or write istio.gatewayAPI: skip and install the Gateway API yourself.',
  ]);
  expect(hints('1.28.0')).toEqual([]);
  expect(hints('1.29.2', 'install')).toEqual([]);
});

test('clusters with ambient mode get the Gateway API, others on request', () => {
  const choices = (istio = {}) =>
    defineMesh({
      meshID: 'mesh1',
      istio,
      dataPlane: 'both',
      clusters: [
        { name: 'a', network: 'n1' },
        { name: 'b', network: 'n2', istio: { gatewayAPI: 'skip' } },
      ],
    }).clusters.map((cluster) => cluster.istio.gatewayAPI);
  expect(choices()).toEqual(['install', 'skip']);
  expect(choices({ gatewayAPI: 'skip' })).toEqual(['skip', 'skip']);
  const [sidecars] = defineMesh({ meshID: 'mesh1', clusters: [{ name: 'a', network: 'n1' }] }).clusters;
  expect(sidecars?.istio.gatewayAPI).toBe('skip');
});
