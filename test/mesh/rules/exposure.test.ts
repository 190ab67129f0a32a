import { expect, test } from 'vitest';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../../src/mesh/definition';
import type { ExposureDefinition } from '../../../src/mesh/exposure';
import { problemsOf } from '../problems-of';

const a = { name: 'a', network: 'n1' };
const b = { name: 'b', network: 'n2' };
const base = { meshID: 'mesh1', clusters: [a, b] } satisfies MeshDefinition;

function exposed(definition: Partial<MeshDefinition>): (readonly string[])[] {
  return defineMesh({ ...base, ...definition }).clusters.map(({ exposedHosts }) => exposedHosts);
}

function problems(exposure: ExposureDefinition, definition: Partial<MeshDefinition> = {}): string[][] {
  return problemsOf(() => defineMesh({ ...base, ...definition, exposure })).map(
    ({ code, location, message, hint }) => [code, location.path ?? '', message, hint],
  );
}

const k8sExample = { values: { global: { proxy: { clusterDomain: 'k8s.example.com' } } } };

test('a cluster exposes all Services, or those of namespaces and hosts', () => {
  expect(exposed({})).toEqual([['*.local'], ['*.local']]);
  expect(exposed({ istio: k8sExample })).toEqual([['*.k8s.example.com'], ['*.k8s.example.com']]);
  const exposure = { namespaces: ['shop', 'bank'], hosts: ['reviews.blog.svc.cluster.local'] };
  const hosts = ['*.shop.svc.cluster.local', '*.bank.svc.cluster.local', 'reviews.blog.svc.cluster.local'];
  expect(exposed({ exposure })).toEqual([hosts, hosts]);
  expect(exposed({ exposure: { namespaces: ['shop'] }, istio: k8sExample })[0]).toEqual([
    '*.shop.svc.k8s.example.com',
  ]);
});

test('the exposure of a cluster replaces that of the mesh', () => {
  const clusters = [
    { ...a, exposure: { hosts: ['web.shop.svc.cluster.local'] } },
    { ...b, exposure: 'all' as const },
  ];
  expect(exposed({ exposure: { namespaces: ['bank'] }, clusters })).toEqual([
    ['web.shop.svc.cluster.local'],
    ['*.local'],
  ]);
});

test('HelloWorld is exposed where it is deployed', () => {
  const verification = { helloWorld: 'enabled' } as const;
  expect(exposed({ exposure: { namespaces: ['shop'] }, verification })[0]).toEqual([
    '*.shop.svc.cluster.local',
    'helloworld.sample.svc.cluster.local',
  ]);
  const hosts = ['helloworld.sample.svc.cluster.local'];
  expect(exposed({ exposure: { hosts }, verification })[0]).toEqual(hosts);
  expect(exposed({ verification })[0]).toEqual(['*.local']);
});

const reviews = 'Write reviews.shop.svc.cluster.local.';

test.each([
  ['reviews.shop', reviews],
  ['reviews.shop.svc', reviews],
  ['reviews.shop.cluster.local', reviews],
  ['reviews.shop.svc.cluster.locl', reviews],
  ['reviews.shop.svc.cluster.local.', reviews],
  ['Reviews.shop.svc.cluster.local', reviews],
  ['shop/reviews', reviews],
  ['shop/reviews.shop.svc.cluster.local', reviews],
  ['shop/*.svc.cluster.local', 'Write *.shop.svc.cluster.local.'],
  ['shop/*.local', 'Write *.shop.svc.cluster.local.'],
  ['shop/*', 'Write *.shop.svc.cluster.local.'],
  ['*.shop', 'Write *.shop.svc.cluster.local.'],
])('the host %s is not the full name of a Service', (host, hint) => {
  const message = `${JSON.stringify(host)} is not the full name of a Service in cluster.local.`;
  expect(problems({ hosts: [host] })).toEqual([['MESH-VALUE', 'exposure.hosts[0]', message, hint]]);
});

test.each([
  'reviews',
  'web-0.web.shop.svc.cluster.local',
  'shop.example.com',
  're*.shop.svc.cluster.local',
  'a b',
  '../x',
  '//',
])('the host %s is refused with an example', (host) => {
  expect(problems({ hosts: [host] }).map(([code, , , hint]) => [code, hint])).toEqual([
    [
      'MESH-VALUE',
      'Write a full name, such as reviews.shop.svc.cluster.local, or *.shop.svc.cluster.local for a namespace.',
    ],
  ]);
});

test.each(['*', '*/*', '*.local', '*.cluster.local', '*.svc.cluster.local'])(
  'the host %s, which restricts nothing, is refused',
  (host) => {
    expect(problems({ hosts: [host] })).toMatchObject(
      [
        [
          'MESH-VALUE',
          'exposure.hosts[0]',
          `"${host}" exposes the Services of all namespaces.`,
          /^Remove exposure/,
        ],
      ].map(([code, path, message]) => [code, path, message, expect.stringMatching(/^Remove exposure/)]),
    );
  },
);

test('a restriction must list something, at a cluster with a gateway', () => {
  expect(problems({})[0]?.[2]).toMatch(/lists no namespace and no host/);
  expect(problems({ namespaces: [], hosts: [] })).toHaveLength(1);
  const shared = { name: 'c', network: 'n2', eastWestGateway: 'disabled' as const };
  const clusters = [a, b, { ...shared, exposure: { namespaces: ['shop'] } }];
  expect(problems({ namespaces: ['bank'] }, { clusters })).toEqual([
    [
      'MESH-GATEWAY',
      'clusters[2].exposure',
      'c has no east-west gateway, so its exposure has no effect.',
      'Other networks reach its Services through the gateway of b. Write exposure there.',
    ],
  ]);
  expect(exposed({ exposure: { namespaces: ['bank'] }, clusters: [a, b, shared] })).toHaveLength(3);
});

test('a namespace is a name, and an exposure in another form has one clear problem', () => {
  const found = (exposure: unknown) =>
    problems(exposure as ExposureDefinition).map(([, , ...texts]) => texts);
  expect(found({ namespaces: ['*.shop.svc.cluster.local'] })).toEqual([
    ['exposure.namespaces[0] is "*.shop.svc.cluster.local".', 'Write the name of a namespace, such as shop.'],
  ]);
  expect(found({ namespace: ['shop'] })).toEqual([
    ['"namespace" is not a key of exposure.', 'Write "namespaces".'],
  ]);
  for (const exposure of ['everything', ['shop'], 1, null, { namespaces: 'shop' }, { hosts: [1] }]) {
    expect(found(exposure)).toHaveLength(1);
  }
});

test('in ambient mode a label of Services decides, so exposure is refused', () => {
  const exposure = { namespaces: ['shop'] };
  const ambient = { dataPlane: 'ambient' } as const;
  const paths = (definition: Partial<MeshDefinition>) =>
    problemsOf(() => defineMesh({ ...base, ...definition })).map(({ location }) => location.path);
  expect(paths({ ...ambient, exposure })).toEqual(['exposure']);
  expect(paths({ ...ambient, clusters: [a, { ...b, exposure }] })).toEqual(['clusters[1].exposure']);
  expect(paths({ dataPlane: 'both', exposure })).toEqual([]);
});
