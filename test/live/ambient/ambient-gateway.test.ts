import { describe, expect, it } from 'vitest';
import { ambientGatewayProblems, type LiveGateway } from '../../../src/live/ambient/ambient-gateway';
import type { GatewayObjects } from '../../../src/live/gateway-objects';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { Cluster } from '../../../src/mesh/mesh';

const mesh = defineMesh({
  meshID: 'mesh1',
  dataPlane: 'ambient',
  clusters: [{ name: 'cluster1', network: 'network1' }],
});
const cluster = mesh.clusters[0] as Cluster;

const good: LiveGateway = {
  metadata: {
    name: 'istio-eastwestgateway',
    namespace: 'istio-system',
    labels: { 'topology.istio.io/network': 'network1' },
  },
  spec: { gatewayClassName: 'istio-east-west', listeners: [{ port: 15008, protocol: 'HBONE' }] },
  status: {
    addresses: [{ value: '198.51.100.64' }],
    conditions: [
      { type: 'Accepted', status: 'True' },
      { type: 'Programmed', status: 'True' },
    ],
  },
};
const objects: GatewayObjects = {
  service: {
    spec: { type: 'LoadBalancer' },
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.64' }] } },
  },
  readiness: { desired: 1, ready: 1 },
  slices: [],
  pods: [{ status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
};

describe('ambientGatewayProblems', () => {
  it('finds nothing in a gateway that works', () => {
    expect(ambientGatewayProblems(cluster, good, objects)).toEqual([]);
  });

  it.each<[string, LiveGateway | undefined, RegExp, boolean]>([
    ['no Gateway', undefined, /does not exist/, false],
    ['another class', { ...good, spec: { ...good.spec, gatewayClassName: 'istio' } }, /class istio,/, false],
    ['another port', { ...good, spec: { ...good.spec, listeners: [] } }, /port 15008/, false],
    [
      'another network',
      { ...good, metadata: { ...good.metadata, labels: {} } },
      /no label topology.istio.io\/network/,
      false,
    ],
    ['an istiod that does not know the class', { ...good, status: {} }, /istiod has not accepted/, true],
    ['no address', { ...good, status: { ...good.status, addresses: [] } }, /no address/, true],
    [
      'a Gateway that is not programmed',
      {
        ...good,
        status: {
          ...good.status,
          conditions: [
            { type: 'Accepted', status: 'True' },
            { type: 'Programmed', status: 'False', message: 'Port 15008 is taken' },
          ],
        },
      },
      /not programmed\. Port 15008 is taken\./,
      true,
    ],
  ])('finds %s', (_, gateway, message, mayPass) => {
    const [problem, ...others] = ambientGatewayProblems(cluster, gateway, objects);
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(message);
    expect(problem?.mayPass).toBe(mayPass);
  });

  it('finds a Service whose load balancer has no address, although the Gateway has that of the Service', () => {
    const service = { spec: { type: 'LoadBalancer' as const }, status: {} };
    const [problem] = ambientGatewayProblems(cluster, good, { ...objects, service });
    expect(problem?.message).toMatch(/no address/);
  });

  it('finds pods that are not ready', () => {
    const [problem] = ambientGatewayProblems(cluster, good, { ...objects, pods: [] });
    expect(problem?.message).toMatch(/no ready pod/);
  });
});
