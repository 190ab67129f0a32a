import { expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { ServiceDefinition } from '../../../src/mesh/gateway';
import { problemsOf } from '../problems-of';

function hintsOf(service: ServiceDefinition, networks = ['network1', 'network2'], istio = {}): string[] {
  const clusters = networks.map((network, index) => ({
    name: `cluster${index}`,
    network,
    ...(index === 0 ? { eastWestGateway: { service } } : {}),
  }));
  return problemsOf(() => defineMesh({ meshID: 'mesh1', istio, clusters })).map(({ hint }) => hint);
}

const selector = (value: string) => ({ 'traffic.istio.io/nodeSelector': value });

test('a gateway between networks needs an address that istiod finds', () => {
  expect(hintsOf({ type: 'NodePort' })).toEqual([
    "Write type: LoadBalancer, add externalIPs, or add the annotation traffic.istio.io/nodeSelector: '{}' if the nodes have external addresses.",
  ]);
  expect(hintsOf({ type: 'ClusterIP' })).toEqual(['Write type: LoadBalancer, or add externalIPs.']);
  expect(hintsOf({ type: 'ClusterIP', annotations: selector('{}') })).toEqual([
    'Write type: LoadBalancer, or add externalIPs.',
  ]);
});

test.each<[string, ServiceDefinition]>([
  ['a load balancer', {}],
  [
    'node ports with a selector of nodes',
    { type: 'NodePort', annotations: selector('{"kubernetes.io/os": "linux"}') },
  ],
  ['external IPs', { type: 'ClusterIP', externalIPs: ['203.0.113.10'] }],
])('%s is an address', (_, service) => {
  expect(hintsOf(service)).toEqual([]);
});

test('a gateway needs no address in a mesh of one network, or with an address in the values', () => {
  expect(hintsOf({ type: 'ClusterIP' }, ['network1', 'network1'])).toEqual([]);
  const gateways = [{ address: '203.0.113.10', port: 15443 }];
  const endpoints = [{ fromRegistry: 'cluster0' }];
  const meshNetworks = { network1: { endpoints, gateways } };
  expect(hintsOf({ type: 'NodePort' }, undefined, { values: { global: { meshNetworks } } })).toEqual([]);
});

test('a selector of nodes that istiod cannot read is refused', () => {
  expect(hintsOf({ type: 'NodePort', annotations: selector('kubernetes.io/os=linux') })).toEqual([
    `Write labels in JSON, such as '{"kubernetes.io/os": "linux"}', or '{}' for all nodes.`,
  ]);
});
