import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { type IstioGateway, passthroughProblems } from '../../src/live/cross-network-gateway';
import type { GatewayObjects } from '../../src/live/gateway-objects';
import { entrancePort, serviceProblems } from '../../src/live/gateway-service';
import { clusterOf } from './good-mesh';

const cluster = clusterOf('cluster1');
const labels = { app: 'istio-eastwestgateway', istio: 'eastwestgateway' };
const network = { 'topology.istio.io/network': 'network1' };

function pod(ready: boolean): V1Pod {
  return {
    metadata: { name: 'gateway-1', labels },
    status: {
      podIPs: [{ ip: '10.0.0.1' }],
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

const ports = [{ name: 'tls', port: 15443, targetPort: 15443 }];

const good: GatewayObjects = {
  service: {
    metadata: { labels: network },
    spec: { type: 'LoadBalancer', ports, selector: labels },
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.64' }] } },
  },
  deployment: { spec: { replicas: 1, selector: {}, template: {} } },
  readiness: { desired: 1, ready: 1 },
  slices: [{ addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'] }] }],
  pods: [pod(true)],
};

/** The objects with other fields of the Service. */
function withSpec(spec: object): GatewayObjects {
  return { ...good, service: { ...good.service, spec: { ...good.service?.spec, ...spec } } };
}

describe('serviceProblems', () => {
  it('finds nothing in a gateway that works', () => {
    expect(serviceProblems(cluster, good)).toEqual([]);
    expect(serviceProblems(cluster, withSpec({ ports: [{ port: 15443, name: 'tls' }] }))).toEqual([]);
    const named = withSpec({ ports: [{ port: 15443, name: 'tls', targetPort: 'passthrough' }] });
    const slices = [{ ...good.slices[0], ports: [{ name: 'tls', port: 15443 }] }] as GatewayObjects['slices'];
    expect(serviceProblems(cluster, { ...named, slices })).toEqual([]);
  });

  it('looks for the port that the label of the Service names', () => {
    const named = (port: number): GatewayObjects => {
      const { service } = withSpec({ ports: [{ name: 'tls', port, targetPort: 15443 }] });
      const withLabel = { ...network, 'networking.istio.io/gatewayPort': '443' };
      return { ...good, service: { ...service, metadata: { labels: withLabel } } };
    };
    expect(serviceProblems(cluster, named(443))).toEqual([]);
    expect(entrancePort(named(443).service)).toBe(443);
    expect(serviceProblems(cluster, named(15443)).map(({ message }) => message)).toEqual([
      expect.stringMatching(/does not open port 443, .* It opens 15443\./),
    ]);
  });

  it.each<[string, GatewayObjects, RegExp, boolean]>([
    ['no Service', { ...good, service: undefined }, /no east-west gateway/, false],
    ['no Deployment', { ...good, deployment: undefined, pods: [] }, /no Deployment/, false],
    ['no ready pod', { ...good, pods: [pod(false)] }, /no ready pod/, true],
    [
      'a pod that crashes',
      {
        ...good,
        pods: [pod(false)],
        readiness: { desired: 1, ready: 0, obstacle: { reason: 'It crashes.', mayPass: false } },
      },
      /no ready pod\. It crashes\./,
      false,
    ],
    [
      'a Deployment of no replicas',
      { ...good, pods: [], deployment: { spec: { replicas: 0, selector: {}, template: {} } } },
      /0 replicas/,
      false,
    ],
    [
      'a selector that matches other pods',
      { ...withSpec({ selector: { app: 'other' } }), slices: [] },
      /selector is app=other/,
      false,
    ],
    ['EndpointSlices that are late', { ...good, slices: [] }, /EndpointSlices/, true],
    ['no port 15443', withSpec({ ports: [{ port: 443 }] }), /not open port 15443.*443/, false],
    ['another protocol', withSpec({ ports: [{ port: 15443, protocol: 'UDP' }] }), /15443 for UDP/, false],
    [
      'another target port',
      withSpec({ ports: [{ port: 15443, targetPort: 8443 }] }),
      /to port 8443 of the pods/,
      false,
    ],
    [
      'a target port that the pods do not name',
      withSpec({ ports: [{ port: 15443, targetPort: 'https' }] }),
      /to port https/,
      false,
    ],
    [
      'no network label',
      { ...good, service: { ...good.service, metadata: {} } },
      /no label topology\.istio\.io\/network/,
      false,
    ],
    [
      'the label of another network',
      { ...good, service: { ...good.service, metadata: { labels: { 'topology.istio.io/network': 'x' } } } },
      /network=x/,
      false,
    ],
    [
      'no address of the load balancer yet',
      { ...good, service: { ...good.service, status: {} } },
      /no address/,
      true,
    ],
    [
      'the type NodePort without nodes',
      {
        ...withSpec({ type: 'NodePort' }),
        service: { ...withSpec({ type: 'NodePort' }).service, status: {} },
      },
      /type NodePort and no address/,
      false,
    ],
    [
      'the type ClusterIP',
      { ...good, service: { ...withSpec({ type: 'ClusterIP' }).service, status: {} } },
      /type ClusterIP and no address/,
      false,
    ],
  ])('finds %s', (_, objects, message, mayPass) => {
    const problems = serviceProblems(cluster, objects);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.mayPass).toBe(mayPass);
  });

  it('takes nodes as addresses if their labels are given', () => {
    const { service } = withSpec({ type: 'NodePort' });
    const annotations = { 'traffic.istio.io/nodeSelector': '{"edge":"true"}' };
    const objects = {
      ...good,
      service: { ...service, status: {}, metadata: { labels: network, annotations } },
    };
    expect(serviceProblems(cluster, objects)).toEqual([]);
  });
});

describe('passthroughProblems', () => {
  const needs = {
    cluster: 'cluster1',
    clusterDomain: 'cluster.local',
    helloWorldHost: 'helloworld.sample.svc.cluster.local',
    exposedHosts: ['*.local'],
    podLabels: [labels],
  };

  function gateway(
    change: object,
    selector: Record<string, string> = { istio: 'eastwestgateway' },
  ): IstioGateway {
    const server = {
      port: { number: 15443 },
      tls: { mode: 'AUTO_PASSTHROUGH' },
      hosts: ['*.local'],
      ...change,
    };
    return { metadata: { name: 'g', namespace: 'istio-system' }, spec: { selector, servers: [server] } };
  }

  it.each([
    ['*.local'],
    ['*'],
    ['*/*.local'],
    ['sample/*'],
    ['shop/*'],
    ['helloworld.sample.svc.cluster.local'],
  ])('accepts the host %s', (host) => {
    expect(passthroughProblems([gateway({ hosts: [host] })], needs)).toEqual([]);
  });

  it.each<[string, IstioGateway[], RegExp]>([
    ['no Gateway', [], /no Gateway has a server with TLS mode AUTO_PASSTHROUGH/],
    ['another mode', [gateway({ tls: { mode: 'PASSTHROUGH' } })], /AUTO_PASSTHROUGH/],
    ['another port', [gateway({ port: { number: 443 } })], /has port 443, not 15443/],
    ['another selector', [gateway({}, { istio: 'ingressgateway' })], /selector .* does not match/],
    ['other hosts', [gateway({ hosts: ['*.example.com'] })], /hosts \*\.example\.com/],
    ['no hosts', [gateway({ hosts: [] })], /hosts none/],
  ])('finds %s', (_, gateways, message) => {
    const problems = passthroughProblems(gateways, needs);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.mayPass).toBe(false);
  });

  it('finds *.local in a cluster with another domain', () => {
    const other = {
      ...needs,
      clusterDomain: 'k8s.example.com',
      helloWorldHost: 'helloworld.sample.svc.k8s.example.com',
      exposedHosts: ['*.k8s.example.com'],
    };
    expect(passthroughProblems([gateway({})], other)[0]?.message).toContain(
      'helloworld.sample.svc.k8s.example.com',
    );
    expect(passthroughProblems([gateway({ hosts: ['*.k8s.example.com'] })], other)).toEqual([]);
  });

  it('needs only one Service of the cluster if HelloWorld is not deployed', () => {
    const without = { ...needs, helloWorldHost: undefined };
    expect(passthroughProblems([gateway({ hosts: ['*.shop.svc.cluster.local'] })], without)).toEqual([]);
    expect(passthroughProblems([gateway({ hosts: ['*.local'] })], without)).toEqual([]);
    expect(passthroughProblems([gateway({ hosts: ['*.example.com'] })], without)).toHaveLength(1);
  });

  it('compares the hosts with those that the mesh exposes', () => {
    const limited = { ...needs, exposedHosts: ['*.shop.svc.cluster.local', needs.helloWorldHost] };
    const problemsOf = (...hosts: string[]) =>
      passthroughProblems([gateway({ hosts })], limited).map(({ message }) => message);
    expect(problemsOf(...limited.exposedHosts)).toEqual([]);
    expect(problemsOf('reviews.shop.svc.cluster.local', ...limited.exposedHosts)).toEqual([]);
    expect(problemsOf(needs.helloWorldHost)).toEqual([
      'The east-west gateway of cluster1 does not expose *.shop.svc.cluster.local, as the mesh defines.',
    ]);
    expect(problemsOf('shop/*.local')).toEqual([
      'The east-west gateway of cluster1 exposes more to other networks than the mesh defines: Gateway istio-system/g has shop/*.local.',
    ]);
  });

  it('takes any of several Gateways', () => {
    expect(passthroughProblems([gateway({ hosts: ['*.example.com'] }), gateway({})], needs)).toEqual([]);
  });
});
