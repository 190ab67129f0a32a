import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { AnyMeshDefinition, ClusterDefinition } from '../../../src/mesh/definition';
import type { HelmValues } from '../../../src/mesh/helm-values';
import { networkServices } from '../../../src/mesh/rules/network-services';
import { problemsOf } from '../problems-of';

const nodeSelector = (value: string) => ({ 'traffic.istio.io/nodeSelector': value });
const label = { istio: 'eastwestgateway', 'topology.istio.io/network': 'network1' };

/** A mesh of two networks. */
function meshWith(first: object, ofMesh: object = {}): AnyMeshDefinition {
  const clusters = [
    { name: 'cluster1', network: 'network1', ...first },
    { name: 'cluster2', network: 'network2' },
  ];
  return { meshID: 'mesh1', ...ofMesh, clusters } as AnyMeshDefinition;
}

function servicesOf(mesh: AnyMeshDefinition) {
  return networkServices(mesh, mesh.clusters[0] as ClusterDefinition, 0);
}

function problemsIn(mesh: AnyMeshDefinition) {
  return problemsOf(() => defineMesh(mesh)).map(({ location }) => location.path);
}

describe('the Service of an east-west gateway', () => {
  test('has the settings of the mesh below those of its cluster', () => {
    const ofMesh = { eastWestGateway: { service: { type: 'NodePort', annotations: nodeSelector('{}') } } };
    const [service] = servicesOf(
      meshWith({ eastWestGateway: { service: { externalIPs: ['192.0.2.1'] } } }, ofMesh),
    );
    expect(service).toMatchObject({
      type: 'NodePort',
      externalIPs: ['192.0.2.1'],
      annotations: nodeSelector('{}'),
      typePath: ['eastWestGateway', 'service', 'type'],
    });
  });

  test('is a problem once, where the mesh has it', () => {
    expect(problemsIn(meshWith({}, { eastWestGateway: { service: { type: 'NodePort' } } }))).toEqual([
      'eastWestGateway.service.type',
    ]);
  });
});

describe('the Service of one of gateways', () => {
  const gateway = (service: object) => ({
    eastWestGateway: 'disabled',
    gateways: { east: { networkGateway: 'network1', service } },
  });

  test('needs an address', () => {
    expect(problemsIn(meshWith(gateway({ type: 'NodePort' })))).toEqual([
      'clusters[0].gateways.east.service.type',
    ]);
    const withNodes = gateway({ type: 'NodePort', annotations: nodeSelector('{}') });
    expect(problemsIn(meshWith(withNodes))).toEqual([]);
  });

  test('can be one that the user writes', () => {
    expect(servicesOf(meshWith(gateway({ type: 'None' })))).toEqual([]);
  });
});

describe('the Service of a gateway of a component', () => {
  const component = (k8s: HelmValues, values: HelmValues = {}) => ({
    eastWestGateway: 'disabled',
    istio: {
      components: { ingressGateways: [{ name: 'istio-eastwestgateway', label, k8s }] },
      values: { gateways: { 'istio-ingressgateway': values } },
    },
  });

  test.each<[string, HelmValues, HelmValues]>([
    ['its settings', { service: { type: 'NodePort' } }, {}],
    ['the values of the chart', {}, { type: 'NodePort' }],
  ])('needs an address where %s have the type NodePort', (_, k8s, values) => {
    expect(problemsIn(meshWith(component(k8s, values)))).toEqual([
      'clusters[0].istio.components.ingressGateways[0].k8s.service.type',
    ]);
  });

  test.each<[string, HelmValues, HelmValues]>([
    ['is a load balancer by default', {}, {}],
    ['has external IPs', { service: { type: 'NodePort', externalIPs: ['192.0.2.1'] } }, {}],
    ['selects nodes', { service: { type: 'NodePort' }, serviceAnnotations: nodeSelector('{}') }, {}],
    [
      'selects nodes by a value',
      { service: { type: 'NodePort' } },
      { serviceAnnotations: nodeSelector('{}') },
    ],
    ['has its own type', { service: { type: 'LoadBalancer' } }, { type: 'ClusterIP' }],
  ])('has an address where it %s', (_, k8s, values) => {
    expect(problemsIn(meshWith(component(k8s, values)))).toEqual([]);
  });

  test('selects nodes by labels in JSON', () => {
    const k8s = { service: { type: 'NodePort' }, serviceAnnotations: nodeSelector('zone=a') };
    expect(problemsIn(meshWith(component(k8s)))).toEqual([
      'clusters[0].istio.components.ingressGateways[0].k8s.serviceAnnotations.traffic.istio.io/nodeSelector',
    ]);
  });
});
