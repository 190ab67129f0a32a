import { expect, test } from 'vitest';
import type { DataPlane } from '../../../src/mesh/data-plane';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { EastWestGatewayDefinition } from '../../../src/mesh/gateway';
import { problemsOf } from '../problems-of';

function meshOf(eastWestGateway: EastWestGatewayDefinition, dataPlane: DataPlane = 'ambient') {
  const clusters = ['network1', 'network2'].map((network) => ({ name: `of-${network}`, network }));
  return defineMesh({ meshID: 'mesh1', dataPlane, eastWestGateway, clusters });
}

function found(eastWestGateway: EastWestGatewayDefinition, dataPlane?: DataPlane): [string, string][] {
  const problems = problemsOf(() => meshOf(eastWestGateway, dataPlane));
  return problems.map(({ location, hint }) => [location.path ?? '', hint]);
}

test('each data plane has its gateway, and the two have different names', () => {
  const namesOf = (dataPlane: DataPlane) => {
    const [cluster] = meshOf({}, dataPlane).clusters;
    return [cluster?.eastWestGateway && 'sidecars', cluster?.ambientGateway?.name];
  };
  expect(namesOf('sidecar')).toEqual(['sidecars', undefined]);
  expect(namesOf('ambient')).toEqual([undefined, 'istio-eastwestgateway']);
  expect(namesOf('both')).toEqual(['sidecars', 'istio-eastwestgateway-ambient']);
});

test('two Services do not share addresses and ports, unless the definition says so', () => {
  const service = {
    loadBalancerIP: '203.0.113.10',
    loadBalancerSourceRanges: ['10.0.0.0/8'],
    ports: [{ port: 15443 }],
  };
  const ambient = { service: { loadBalancerIP: '203.0.113.11' } };
  const [both] = meshOf({ service, ambient }, 'both').clusters;
  expect(both?.ambientGateway?.service).toEqual({
    type: 'LoadBalancer',
    annotations: {},
    loadBalancerSourceRanges: ['10.0.0.0/8'],
    loadBalancerIP: '203.0.113.11',
  });
  const [ambientOnly] = meshOf({ service: { loadBalancerIP: '203.0.113.10' } }).clusters;
  expect(ambientOnly?.ambientGateway?.service.loadBalancerIP).toBe('203.0.113.10');
});

test('other networks must reach the HBONE port', () => {
  const external = 'Write type: LoadBalancer, or add externalIPs.';
  const typePath = 'eastWestGateway.service.type';
  expect(found({ service: { type: 'ClusterIP' } })).toEqual([[typePath, external]]);
  const annotations = { 'traffic.istio.io/nodeSelector': '{}' };
  expect(found({ service: { type: 'NodePort', annotations } })).toEqual([[typePath, external]]);
  const onNodes = { type: 'NodePort', annotations, ports: [{ port: 15008, nodePort: 15008 }] } as const;
  expect(found({ service: onNodes })).toEqual([]);
  expect(found({ service: { type: 'NodePort', externalIPs: ['203.0.113.10'] } })).toEqual([]);
  expect(found({ ambient: { service: { type: 'ClusterIP' } } }, 'both')).toEqual([
    ['eastWestGateway.ambient.service.type', external],
  ]);
  expect(found({ service: { ports: [{ port: 15443 }] } })).toEqual([
    ['eastWestGateway.service.ports', 'Add { name: mesh, port: 15008 }.'],
  ]);
});

test('what is wrong for both gateways is one problem', () => {
  const service = { type: 'ClusterIP', loadBalancerClass: 'example.com/lb' } as const;
  const hint = 'Remove loadBalancerClass, or write type: LoadBalancer.';
  for (const dataPlane of ['ambient', 'both'] as const) {
    expect(found({ service }, dataPlane)).toEqual([['eastWestGateway.service.loadBalancerClass', hint]]);
  }
});

test('a fixed number of pods needs nothing else in ambient mode', () => {
  expect(found({ replicas: 2 })).toEqual([]);
  expect(found({ replicas: 2, autoscaling: { maxReplicas: 3 } })).toHaveLength(1);
});

test('settings that only one of the two gateways has are refused without it', () => {
  expect(found({ istiodPorts: 'enabled' })).toEqual([['eastWestGateway.istiodPorts', 'Remove istiodPorts.']]);
  expect(found({ labels: { 'networking.istio.io/gatewayPort': '443' } })).toHaveLength(1);
  expect(found({ volumes: [{ name: 'istio-data', emptyDir: {} }] })).toHaveLength(1);
  expect(found({ ambient: { name: 'other' } }, 'sidecar')).toEqual([
    ['eastWestGateway.ambient', 'Remove ambient, or write dataPlane: both.'],
  ]);
});
