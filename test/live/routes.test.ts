import { describe, expect, it } from 'vitest';
import type { DestinationRule } from '../../src/live/destination-rules';
import type { PolicyObjects, PolicyObservation } from '../../src/live/policies';
import { policiesOf } from '../../src/live/policies';
import { verificationReport } from '../../src/live/verification-report';
import type { VirtualService } from '../../src/live/virtual-services';
import { clusterOf, goodMesh, mesh } from './good-mesh';

const none: PolicyObjects = {
  authentications: [],
  authorizations: [],
  rules: [],
  virtualServices: [],
  sidecars: [],
  filters: [],
  networkPolicies: [],
  services: [],
  namespaces: [],
};
const host = 'helloworld.sample.svc.cluster.local';

function resource<Spec>(spec: Spec, namespace = 'sample', name = 'p') {
  return { metadata: { name, namespace }, spec };
}

const policies = (objects: Partial<PolicyObjects>, cluster = 'cluster1') =>
  policiesOf(clusterOf(cluster), { ...none, ...objects });

const to = (destination: object, weight?: number) => ({
  destination,
  ...(weight === undefined ? {} : { weight }),
});
const routes = (...http: object[]): VirtualService => resource({ hosts: ['helloworld'], http });

describe('the route of the calls', () => {
  it.each<[string, VirtualService]>([
    [
      'a VirtualService for another host',
      resource({ hosts: ['web'], http: [{ route: [to({ host: 'web' })] }] }),
    ],
    ['one for gateways', resource({ hosts: [host], gateways: ['ingress'], http: [{ redirect: {} }] })],
    [
      'one of another namespace for itself',
      resource({ hosts: [host], exportTo: ['.'], http: [{ redirect: {} }] }, 'web'),
    ],
    ['one with HelloWorld as its destination', routes({ route: [to({ host: 'helloworld' })] })],
    [
      'one with a route for other paths',
      routes({ match: [{ uri: { exact: '/x' } }], redirect: {} }, { route: [to({ host })] }),
    ],
    [
      'one with a route for some headers',
      routes({ match: [{ headers: { a: { exact: 'b' } } }], redirect: {} }, { route: [to({ host })] }),
    ],
    [
      'one that sends a part of the calls elsewhere',
      routes({ route: [to({ host }, 50), to({ host: 'web' }, 50)] }),
    ],
    ['one without http routes', resource({ hosts: [host], tcp: [{}] } as VirtualService['spec'])],
  ])('is not changed by %s', (_, virtualService) => {
    expect(policies({ virtualServices: [virtualService] })).toMatchObject({
      outbound: [],
      subsets: undefined,
    });
  });

  it.each<[string, VirtualService, RegExp]>([
    [
      'to another host',
      routes({ route: [to({ host: 'web' })] }),
      /^VirtualService sample\/p of cluster1 sends the calls of HelloWorld to web\./,
    ],
    [
      'to another host, with a weight of 0 for HelloWorld',
      routes({ route: [to({ host }, 0), to({ host: 'web' }, 100)] }),
      /to web\./,
    ],
    [
      'to a subset that does not exist',
      routes({ route: [to({ host, subset: 'v9' })] }),
      /to the subset v9, which no DestinationRule defines/,
    ],
    [
      'with an abort',
      routes({ fault: { abort: { httpStatus: 500 } }, route: [to({ host })] }),
      /aborts calls/,
    ],
    ['with a redirect', routes({ redirect: { uri: '/' } }), /redirects the calls/],
    ['with an answer', routes({ directResponse: { status: 503 } }), /answers the calls of HelloWorld itself/],
    [
      'with no route for them',
      routes({ match: [{ uri: { prefix: '/api' } }], route: [to({ host })] }),
      /has no route/,
    ],
    [
      'from any namespace',
      resource({ hosts: [host], http: [{ redirect: {} }] }, 'web'),
      /^VirtualService web\/p/,
    ],
    [
      'by a wildcard',
      resource({ hosts: ['*.sample.svc.cluster.local'], http: [{ redirect: {} }] }, 'web'),
      /redirects/,
    ],
  ])('is wrong %s', (_, virtualService, problem) => {
    expect(policies({ virtualServices: [virtualService] }).outbound).toEqual([
      expect.objectContaining({ message: expect.stringMatching(problem), mayPass: false }),
    ]);
  });
});

describe('the Service of HelloWorld', () => {
  const service = (change: object, annotations = {}) => ({
    metadata: { name: 'helloworld', annotations },
    spec: change,
  });

  it.each<[string, Partial<PolicyObjects>, keyof PolicyObservation, RegExp]>([
    [
      'stays on its node',
      { services: [service({ internalTrafficPolicy: 'Local' })] },
      'outbound',
      /does not leave|do not leave/,
    ],
    [
      'is hidden from the gateway',
      { services: [service({}, { 'networking.istio.io/exportTo': '.' })] },
      'gateway',
      /hides HelloWorld from the east-west gateway/,
    ],
    [
      'prefers its network',
      { services: [service({ trafficDistribution: 'PreferClose' })] },
      'distribution',
      /Service sample\/helloworld of cluster1 has trafficDistribution: PreferClose/,
    ],
    [
      'prefers its network by an annotation',
      { services: [service({}, { 'networking.istio.io/traffic-distribution': 'prefersamezone' })] },
      'distribution',
      /has the annotation networking\.istio\.io\/traffic-distribution: prefersamezone/,
    ],
    [
      'prefers its network by its namespace',
      {
        namespaces: [
          {
            metadata: {
              name: 'sample',
              annotations: { 'networking.istio.io/traffic-distribution': 'PreferClose' },
            },
          },
        ],
      },
      'distribution',
      /^Namespace sample of cluster1/,
    ],
  ])('%s', (_, objects, list, problem) => {
    expect(policies(objects)[list]).toEqual([
      expect.objectContaining({ message: expect.stringMatching(problem) }),
    ]);
  });

  it('is called everywhere by default', () => {
    const services = [service({ internalTrafficPolicy: 'Cluster' }, { 'networking.istio.io/exportTo': '*' })];
    expect(policies({ services })).toMatchObject({ outbound: [], gateway: [], distribution: [] });
  });
});

/** The problems of a mesh in which cluster2 does not answer cluster1. */
function problemsOf(
  changes: Readonly<Record<string, PolicyObservation>>,
  labels: Readonly<Record<string, string>> = { app: 'helloworld', version: 'v2' },
): string[] {
  const good = goodMesh(mesh);
  const servers = [{ name: 'helloworld', ready: true, sidecar: true, ambient: false, labels }];
  const observation = {
    ...good,
    clusters: good.clusters.map((each) =>
      each.cluster === 'cluster2' && each.helloWorld
        ? { ...each, helloWorld: { ...each.helloWorld, servers } }
        : each,
    ),
    calls: good.calls.map((each) =>
      each.from === 'cluster1' ? { ...each, answers: { v1: 1, v3: 1 } } : each,
    ),
    policies: changes,
  };
  return verificationReport(mesh, mesh.clusters, observation).problems.map(({ message }) => message);
}

describe('a missing answer', () => {
  const subsets = (...versions: string[]): DestinationRule =>
    resource({ host, subsets: versions.map((version) => ({ name: version, labels: { version } })) });
  const virtualServices = [routes({ route: [to({ host, subset: 'v1' })] })];
  const toBoth = [routes({ route: [to({ host, subset: 'v1' }, 50), to({ host, subset: 'v2' }, 50)] })];

  it('is explained by a subset of other pods', () => {
    const cluster1 = policies({ virtualServices, rules: [subsets('v1', 'v2')] });
    expect(problemsOf({ cluster1, cluster2: policies({}, 'cluster2') })).toEqual([
      expect.stringMatching(
        /VirtualService sample\/p of cluster1 sends all calls to the subset v1, which no pod of cluster2 belongs to/,
      ),
    ]);
  });

  it('is explained by a subset that the other gateway does not know', () => {
    const cluster1 = policies({ virtualServices: toBoth, rules: [subsets('v1', 'v2')] });
    expect(problemsOf({ cluster1, cluster2: policies({}, 'cluster2') })).toEqual([
      expect.stringMatching(/which the gateway of cluster2 does not know/),
    ]);
    const cluster2 = policies({ rules: [subsets('v1', 'v2')] }, 'cluster2');
    expect(problemsOf({ cluster1, cluster2 })).toEqual([expect.stringMatching(/no check found a problem/)]);
  });

  it('is explained by pods without mutual TLS', () => {
    const labels = { app: 'helloworld', 'security.istio.io/tlsMode': 'disabled' };
    expect(problemsOf({}, labels)).toEqual([
      expect.stringMatching(
        /the pods of HelloWorld in cluster2 have the label security\.istio\.io\/tlsMode: disabled/,
      ),
    ]);
  });

  it('is explained by a Service that prefers its network', () => {
    const service = { metadata: { name: 'helloworld' }, spec: { trafficDistribution: 'PreferClose' } };
    expect(problemsOf({ cluster1: policies({ services: [service] }) })).toEqual([
      expect.stringMatching(/is called only if that of cluster1 is not ready/),
    ]);
  });

  it.each<[string, Partial<PolicyObjects>, RegExp]>([
    [
      'an EnvoyFilter',
      { filters: [resource({ workloadSelector: { labels: { app: 'curl' } } })] },
      /A possible cause: EnvoyFilter sample\/p of cluster1 changes the proxy of curl/,
    ],
    [
      'an EnvoyFilter of the mesh',
      { filters: [resource({}, 'istio-system')] },
      /EnvoyFilter istio-system\/p/,
    ],
    [
      'outlierDetection',
      { rules: [resource({ host, trafficPolicy: { outlierDetection: {} } })] },
      /DestinationRule sample\/p of cluster1 has outlierDetection/,
    ],
  ])('may be explained by %s, if nothing else is found', (_, objects, problem) => {
    expect(problemsOf({ cluster1: policies(objects) })).toEqual([expect.stringMatching(problem)]);
  });

  it('is not explained by an EnvoyFilter of other workloads', () => {
    const filters = [resource({ workloadSelector: { labels: { app: 'web' } } }), resource({}, 'web')];
    expect(problemsOf({ cluster1: policies({ filters }) })).toEqual([
      expect.not.stringMatching(/EnvoyFilter/),
    ]);
  });
});
