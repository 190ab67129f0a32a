import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../../src/mesh/definition';
import type { GatewayNamespaceDefinition } from '../../../src/mesh/gateways/namespace';
import { problemsOf } from '../problems-of';

function pathsOf(cluster: object, ofMesh: object = {}): (string | undefined)[] {
  const clusters = [{ name: 'cluster1', network: 'network1', ...cluster }];
  const mesh = { meshID: 'mesh1', ...ofMesh, clusters } as AnyMeshDefinition;
  return problemsOf(() => defineMesh(mesh)).map(({ location }) => location.path);
}

describe.each([
  ['an east-west gateway', 'eastWestGateway', (namespace: object) => ({ eastWestGateway: { namespace } })],
  ['one of gateways', 'gateways.edge', (namespace: object) => ({ gateways: { edge: { namespace } } })],
] as const)('the namespace of %s', (_, key, gatewayIn) => {
  test('does not forbid the injection of its proxy', () => {
    const namespace: GatewayNamespaceDefinition = { name: 'edge', labels: { 'istio-injection': 'disabled' } };
    expect(pathsOf(gatewayIn(namespace))).toEqual([`clusters[0].${key}.namespace.labels.istio-injection`]);
    expect(pathsOf(gatewayIn({ ...namespace, labels: { 'istio-injection': 'enabled' } }))).toEqual([]);
  });

  test('is not created where HelloWorld has its own', () => {
    const verification = { helloWorld: 'enabled' };
    expect(pathsOf(gatewayIn({ name: 'sample' }), { verification })).toEqual([
      `clusters[0].${key}.namespace`,
    ]);
    expect(pathsOf(gatewayIn({ name: 'sample', create: 'disabled' }), { verification })).toEqual([]);
    expect(pathsOf(gatewayIn({ name: 'sample' }))).toEqual([]);
  });
});

describe('the name of the east-west gateway is taken in its own namespace', () => {
  const gateway = (namespace: string) => ({ gateways: { 'istio-eastwestgateway': { namespace } } });
  const component = (namespace: string) => ({
    istio: { components: { ingressGateways: [{ name: 'istio-eastwestgateway', namespace }] } },
  });

  test.each([
    ['by default', {}, 'istio-system', 'edge'],
    ['elsewhere', { eastWestGateway: { namespace: 'edge' } }, 'edge', 'istio-system'],
  ])('%s', (_, ofMesh, taken, free) => {
    expect(pathsOf(gateway(taken), ofMesh)).toEqual(['clusters[0].gateways.istio-eastwestgateway.name']);
    expect(pathsOf(gateway(free), ofMesh)).toEqual([]);
    expect(pathsOf(component(taken), ofMesh)).toEqual([
      'clusters[0].istio.components.ingressGateways[0].name',
    ]);
    expect(pathsOf(component(free), ofMesh)).toEqual([]);
  });
});
