import { describe, expect, it } from 'vitest';
import { knowsHelloWorld } from '../../../src/live/ambient/ambient-path';
import { parseZtunnel } from '../../../src/live/ambient/ztunnel';

const services = [
  {
    name: 'helloworld',
    namespace: 'sample',
    endpoints: {
      'cluster1//Pod/sample/helloworld-v1': { workloadUid: 'cluster1//Pod/sample/helloworld-v1' },
      'network2/gateway': { workloadUid: 'network2/gateway' },
    },
  },
];
const workloads = [
  {
    uid: 'cluster1//Pod/sample/helloworld-v1',
    name: 'helloworld-v1',
    namespace: 'sample',
    network: 'network1',
  },
  { uid: 'network2/gateway', name: 'gateway', namespace: 'sample', network: 'network2' },
];
const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const certificates = [
  {
    identity: 'spiffe://cluster.local/ns/sample/sa/curl',
    state: 'Available',
    certChain: [{ pem: Buffer.from(pem).toString('base64') }],
    rootCerts: [{ pem: Buffer.from(pem).toString('base64') }],
  },
];

describe('parseZtunnel', () => {
  it('reads lists and maps in the same way', () => {
    const listed = parseZtunnel(JSON.stringify({ services, workloads, certificates }));
    const mapped = parseZtunnel(
      JSON.stringify({ services: { ...services }, workloads: { ...workloads }, certificates }),
    );
    expect(mapped).toEqual(listed);
    expect(listed?.certificates).toEqual([
      { identity: 'spiffe://cluster.local/ns/sample/sa/curl', state: 'Available', chain: pem, roots: pem },
    ]);
  });

  it('reads nothing from other text', () => {
    expect(parseZtunnel('not found')).toBeUndefined();
    expect(parseZtunnel('')).toBeUndefined();
  });
});

describe('knowsHelloWorld', () => {
  it('finds the network of an endpoint', () => {
    const dump = parseZtunnel(JSON.stringify({ services, workloads }));
    if (dump === undefined) throw new Error('The text was not read.');
    const ztunnel = { ...dump, pod: 'ztunnel-1', namespace: 'istio-system', node: 'node1' };
    expect(knowsHelloWorld(ztunnel, 'network2')).toBe(true);
    expect(knowsHelloWorld(ztunnel, 'network3')).toBe(false);
    expect(knowsHelloWorld({ ...ztunnel, services: [] }, 'network2')).toBe(false);
  });
});
