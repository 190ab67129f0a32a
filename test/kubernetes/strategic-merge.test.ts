import { expect, test } from 'vitest';
import { mergePatch } from '../../src/kubernetes/strategic-merge';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'dns' },
  spec: {
    ports: [
      { port: 53, protocol: 'UDP', name: 'dns' },
      { port: 53, protocol: 'TCP', name: 'dns-tcp' },
    ],
  },
};

function ports(patch: object) {
  return (mergePatch(service, { spec: { ports: [patch] } }).spec as typeof service.spec).ports;
}

test('ports with one number differ in their protocol', () => {
  expect(ports({ port: 53, protocol: 'TCP', nodePort: 30053 })).toContainEqual({
    port: 53,
    protocol: 'TCP',
    name: 'dns-tcp',
    nodePort: 30053,
  });
  expect(ports({ port: 53, protocol: 'TCP', nodePort: 30053 })).toContainEqual(service.spec.ports[0]);
});

test('a port of another protocol is another port', () => {
  expect(ports({ port: 53, protocol: 'SCTP', name: 'sctp' })).toHaveLength(3);
});

test('neither the object nor the patch is changed', () => {
  const [object, patch] = [structuredClone(service), { spec: { ports: [{ port: 53, nodePort: 30053 }] } }];
  mergePatch(object, patch);
  expect(object).toEqual(service);
  expect(patch).toEqual({ spec: { ports: [{ port: 53, nodePort: 30053 }] } });
});

test.each([
  [{ spec: { ports: [{ name: 'dns' }] } }, /has no port, by which Kubernetes merges it/],
  [{ spec: { $patch: 'remove' } }, /\$patch is "remove", which is not a directive/],
])('%j is refused', (patch, message) => {
  expect(() => mergePatch(service, patch)).toThrow(message);
});
