import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../../src/mesh/definition';
import type { FailoverDefinition } from '../../../src/mesh/services';
import { problemsOf } from '../problems-of';

const a = { name: 'a', network: 'n1' };
const b = { name: 'b', network: 'n2' };
const checkout = { name: 'checkout', namespace: 'shop', failover: 'enabled' } as const;

function problems(definition: Partial<MeshDefinition>): string[][] {
  const base = { meshID: 'mesh1', clusters: [a, b] } satisfies MeshDefinition;
  return problemsOf(() => defineMesh({ ...base, ...definition })).map(({ location, message, hint }) => [
    location.path ?? '',
    message,
    hint,
  ]);
}

test('settings are merged over the defaults', () => {
  const failover = { connectTimeout: '300ms', outlierDetection: { interval: '5s' } };
  const { services } = defineMesh({
    meshID: 'mesh1',
    clusters: [a, b],
    services: [{ ...checkout, failover }],
  });
  expect(services).toEqual([
    {
      name: 'checkout',
      namespace: 'shop',
      failover: {
        failoverPriority: ['topology.istio.io/network', 'topology.istio.io/cluster'],
        connectTimeout: '300ms',
        outlierDetection: {
          consecutive5xxErrors: 5,
          consecutiveGatewayErrors: 5,
          interval: '5s',
          baseEjectionTime: '30s',
          maxEjectionPercent: 100,
        },
      },
    },
  ]);
});

test('a Service is listed once', () => {
  expect(problems({ services: [checkout, { ...checkout, namespace: 'bank' }, checkout] })).toEqual([
    ['services[2]', 'services[2] is the Service shop/checkout, as services[0] is.', 'Remove one of the two.'],
  ]);
});

describe('a Service that other networks cannot reach', () => {
  test('is a problem', () => {
    const clusters = [a, { ...b, exposure: { namespaces: ['bank'] } }];
    expect(problems({ services: [checkout], clusters })).toEqual([
      [
        'services[0]',
        'Other networks cannot reach shop/checkout in b, because exposure does not list it, so no failover leads there.',
        'Add checkout.shop.svc.cluster.local to exposure.hosts.',
      ],
    ]);
  });

  test.each([
    { namespaces: ['shop'] },
    { hosts: ['checkout.shop.svc.cluster.local'] },
    { hosts: ['*.shop.svc.cluster.local'] },
  ])('is none with the exposure %j', (exposure) => {
    expect(problems({ services: [checkout], exposure })).toEqual([]);
  });

  test('is a problem behind a gateway of the chart, too', () => {
    const c = {
      ...b,
      eastWestGateway: 'disabled' as const,
      gateways: { network: { networkGateway: 'n2' } },
      exposure: { namespaces: ['bank'] },
    };
    expect(problems({ services: [checkout], clusters: [a, c] }).map(([path]) => path)).toEqual([
      'services[0]',
    ]);
  });

  test('is none in a cluster without an east-west gateway', () => {
    const clusters = [a, b, { name: 'c', network: 'n2', eastWestGateway: 'disabled' as const }];
    expect(problems({ services: [checkout], clusters })).toEqual([]);
  });
});

test('HelloWorld, which verify expects from all clusters, has no preferred cluster', () => {
  const helloWorld = { name: 'helloworld', namespace: 'sample' };
  const services = [{ ...helloWorld, failover: 'enabled' as const }];
  expect(problems({ services })).toEqual([]);
  const verification = { helloWorld: 'enabled' } as const;
  expect(problems({ services, verification }).map(([path]) => path)).toEqual(['services[0].failover']);
  const shared = [{ ...helloWorld, failover: { failoverPriority: [] } }];
  expect(problems({ services: shared, verification })).toEqual([]);
});

test.each([
  [{ failoverPriority: ['not a label!'] }, 'Write the key of a label, such as topology.istio.io/network.'],
  [{ connectTimeout: '1 s' }, 'Write a duration'],
  [{ outlierDetection: { consecutive5xxError: 5 } }, 'Write "consecutive5xxErrors".'],
  [{ outlierDetection: { consecutiveLocalOriginFailures: 5 } }, 'Add splitExternalLocalOriginErrors: true'],
])('what istiod or Envoy would refuse or ignore is a problem: %j', (failover, hint) => {
  const [problem] = problems({ services: [{ ...checkout, failover: failover as FailoverDefinition }] });
  expect(problem?.[2]).toContain(hint);
});

describe('a shared Service', () => {
  const shop = { name: 'checkout', namespace: 'shop' };
  const ports = [{ name: 'http', port: 80 }];

  test('has at least one setting', () => {
    expect(problems({ services: [shop] })).toEqual([
      [
        'services[0]',
        'shop/checkout has neither scope nor stub nor failover.',
        'Add failover: enabled, for example, or scope: global.',
      ],
    ]);
    expect(problems({ services: [{ ...shop, scope: 'global' }] })).toEqual([]);
  });

  test('has stubs in some clusters of the mesh', () => {
    const stub = (clusters: string[]) => ({ services: [{ ...shop, stub: { ports, clusters } }] });
    expect(problems(stub(['b']))).toEqual([]);
    expect(problems(stub(['c']))).toEqual([
      ['services[0].stub.clusters[0]', '"c" is not a cluster of the mesh.', 'Write one of a, b.'],
    ]);
    expect(problems(stub(['a', 'b']))).toEqual([
      [
        'services[0].stub.clusters',
        'Every cluster has a stub of shop/checkout, so no cluster has its pods.',
        'Remove the clusters with the pods of the Service.',
      ],
    ]);
  });

  test('has stubs with ports that a Service can have', () => {
    const twice = [...ports, { name: 'other', port: 80 }];
    const services = [{ ...shop, stub: { ports: twice, clusters: ['b'] } }];
    expect(problems({ services }).map(([path]) => path)).toEqual(['services[0].stub.ports[1].port']);
  });

  test('fails over in ambient mode only through a waypoint', () => {
    const notes = (definition: Partial<MeshDefinition>) =>
      defineMesh({ meshID: 'mesh1', clusters: [a, b], services: [checkout], ...definition })
        .notes.map(({ location }) => location.path)
        .filter((path) => path?.startsWith('services'));
    expect(notes({})).toEqual([]);
    expect(notes({ dataPlane: 'ambient' })).toEqual(['services[0].failover']);
    expect(notes({ dataPlane: 'ambient', waypoints: [{ namespace: 'shop' }] })).toEqual([]);
  });
});
