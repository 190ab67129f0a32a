import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPatch } from '../../src/kubernetes/json-patch';
import { mergePatch } from '../../src/kubernetes/strategic-merge';
import { isOnThePath } from '../on-the-path';
import { autoscaler, budget, custom, deployment, service, webhook } from './patched-objects';

const hasKubectl = isOnThePath('kubectl');

/** What kubectl makes of an object and a patch; its error, if it refuses the patch. */
function patched(object: object, patch: unknown, type: 'strategic' | 'merge' | 'json'): unknown {
  const { status, stdout, stderr } = spawnSync(
    'kubectl',
    ['patch', '--local', '-f', '-', `--type=${type}`, '-p', JSON.stringify(patch), '-o', 'json'],
    { input: JSON.stringify(object), encoding: 'utf8' },
  );
  return status === 0 ? JSON.parse(stdout) : new Error(stderr);
}

/** An object as kubectl prints it: without what is empty. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, withoutEmpty(item)] as const)
    .filter(([key, item]) => item !== null && item !== '' && !(isEmpty(item) && key !== 'emptyDir'));
  return Object.fromEntries(entries.filter(([key]) => !['status', 'creationTimestamp'].includes(key)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

const pod = (spec: object) => ({ spec: { template: { spec } } });
const inContainer = (fields: object) => pod({ containers: [{ name: 'discovery', ...fields }] });

const strategic: readonly (readonly [title: string, object: object, patch: object])[] = [
  [
    'a variable by name',
    deployment,
    inContainer({
      env: [
        { name: 'B', value: 'x' },
        { name: 'D', value: 'd' },
      ],
    }),
  ],
  ['a variable that is removed', deployment, inContainer({ env: [{ name: 'A', $patch: 'delete' }] })],
  [
    'a list that is replaced',
    deployment,
    inContainer({ env: [{ $patch: 'replace' }, { name: 'Z', value: 'z' }] }),
  ],
  [
    'ports by number',
    deployment,
    inContainer({ ports: [{ containerPort: 15012, name: 'grpc' }, { containerPort: 1 }] }),
  ],
  [
    'mounts by path',
    deployment,
    inContainer({ volumeMounts: [{ name: 'x', mountPath: '/v', readOnly: true }] }),
  ],
  ['arguments as a whole', deployment, inContainer({ args: ['--b'] })],
  [
    'a quantity beside another',
    deployment,
    inContainer({ resources: { limits: { cpu: '1' }, requests: { cpu: null } } }),
  ],
  [
    'a map that is replaced',
    deployment,
    inContainer({ resources: { $patch: 'replace', limits: { cpu: '1' } } }),
  ],
  ['a container of its own', deployment, pod({ containers: [{ name: 'new', image: 'new:1' }] })],
  [
    'containers in another order',
    deployment,
    pod({
      containers: [
        { name: 'other', image: 'o:2' },
        { name: 'discovery', image: 'p:2' },
      ],
    }),
  ],
  ['a container that is removed', deployment, pod({ containers: [{ name: 'other', $patch: 'delete' }] })],
  ['tolerations as a whole', deployment, pod({ tolerations: [{ key: 'b' }] })],
  [
    'volumes by name',
    deployment,
    pod({
      volumes: [
        { name: 'w', configMap: { optional: true } },
        { name: 'x', emptyDir: {} },
      ],
    }),
  ],
  [
    'a volume of another kind',
    deployment,
    pod({ volumes: [{ name: 'v', $retainKeys: ['name', 'secret'], secret: { secretName: 's' } }] }),
  ],
  ['aliases by address', deployment, pod({ hostAliases: [{ ip: '192.0.2.2', hostnames: ['b'] }] })],
  ['pull secrets by name', deployment, pod({ imagePullSecrets: [{ name: 'c' }] })],
  [
    'an order of elements',
    deployment,
    pod({
      '$setElementOrder/containers': [{ name: 'other' }, { name: 'discovery' }],
      containers: [{ name: 'other', image: 'o:3' }],
    }),
  ],
  [
    'spread constraints',
    deployment,
    pod({
      topologySpreadConstraints: [{ topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' }],
    }),
  ],
  [
    'a strategy with retained keys',
    deployment,
    { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
  ],
  [
    'null',
    deployment,
    { spec: { replicas: null, template: { metadata: { annotations: { a: null, e: 'f' } } } } },
  ],
  ['finalizers as a set', deployment, { metadata: { finalizers: ['a/c'] } }],
  [
    'a finalizer that is removed',
    deployment,
    { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/a'] } },
  ],
  [
    'ports of a Service',
    service,
    {
      spec: {
        ports: [
          { port: 443, nodePort: 30443 },
          { port: 15443, name: 'tls' },
        ],
      },
    },
  ],
  ['a Service in cluster', service, { spec: { type: 'ClusterIP', loadBalancerSourceRanges: null } }],
  ['ranges as a whole', service, { spec: { loadBalancerSourceRanges: ['203.0.113.0/24'] } }],
  [
    'metrics as a whole',
    autoscaler,
    {
      spec: {
        maxReplicas: 9,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 60 } },
          },
        ],
      },
    },
  ],
  [
    'the selector of a budget as a whole',
    budget,
    { spec: { minAvailable: null, maxUnavailable: 1, selector: { matchLabels: { app: 'x' } } } },
  ],
  ['webhooks by name', webhook, { webhooks: [{ name: 'b.istio.io', timeoutSeconds: 5 }] }],
];

test.skipIf(!hasKubectl).each(strategic)(
  'a strategic merge patch is that of kubectl: %s',
  (_, object, patch) => {
    const theirs = patched(object, patch, 'strategic');
    expect(withoutEmpty(mergePatch(object as never, patch as never))).toEqual(withoutEmpty(theirs));
  },
);

const names = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const variable = fc.record({ name: names, value: fc.constantFrom('1', '2', '3') });
const variables = fc.uniqueArray(variable, { selector: ({ name }) => name, maxLength: 5 });
const changes = fc.uniqueArray(
  fc.oneof(variable, fc.record({ name: names, $patch: fc.constant('delete') })),
  { selector: ({ name }) => name, minLength: 1, maxLength: 5 },
);

test.skipIf(!hasKubectl)('lists are merged in the order of kubectl', () => {
  const withEnvironment = (env: object) => ({
    ...deployment,
    spec: { ...deployment.spec, template: { spec: { containers: [{ name: 'discovery', env }] } } },
  });
  fc.assert(
    fc.property(variables, changes, (env, patch) => {
      const object = withEnvironment(env);
      const theirs = patched(object, inContainer({ env: patch }), 'strategic');
      expect(withoutEmpty(mergePatch(object, inContainer({ env: patch })))).toEqual(withoutEmpty(theirs));
    }),
    { numRuns: 25, seed: 6902 },
  );
});

test
  .skipIf(!hasKubectl)
  .each([
    [{ spec: { servers: [{ hosts: ['a'] }], selector: { istio: null, app: 'b' } } }],
    [{ metadata: { labels: { a: 'b' } }, spec: null }],
  ])('a custom resource is merged as JSON: %j', (patch) => {
  expect(withoutEmpty(mergePatch(custom, patch))).toEqual(withoutEmpty(patched(custom, patch, 'merge')));
});

const container = '/spec/template/spec/containers/0';

const operations = [
  [{ op: 'replace', path: '/spec/replicas', value: 3 }],
  [{ op: 'add', path: `${container}/args/-`, value: '--b' }],
  [{ op: 'add', path: `${container}/args/1`, value: '--b' }],
  [{ op: 'add', path: `${container}/args/-1`, value: '--b' }],
  [{ op: 'remove', path: `${container}/args/-1` }],
  [{ op: 'remove', path: '/spec/strategy' }],
  [
    { op: 'add', path: '/metadata/annotations', value: { 'a/b': 'c' } },
    { op: 'remove', path: '/metadata/annotations/a~1b' },
  ],
  [{ op: 'move', from: '/spec/template/metadata/annotations', path: '/metadata/annotations' }],
  [{ op: 'copy', from: '/metadata/labels/app', path: '/metadata/labels/copy' }],
  [
    { op: 'test', path: '/spec/replicas', value: 1 },
    { op: 'remove', path: '/spec/replicas' },
  ],
  [{ op: 'test', path: '/spec/replicas', value: 2 }],
  [{ op: 'test', path: '/metadata/labels', value: { tier: 'a', app: 'istiod' } }],
  [{ op: 'replace', path: '/spec/absent', value: 1 }],
  [{ op: 'remove', path: '/spec/absent' }],
  [{ op: 'add', path: '/spec/absent/a', value: 1 }],
  [{ op: 'remove', path: `${container}/args/7` }],
  [{ op: 'add', path: `${container}/args/7`, value: 'a' }],
  [
    { op: 'replace', path: `${container}/image`, value: 'pilot:2' },
    { op: 'remove', path: '/spec/template/spec/containers/1' },
  ],
] as const;

test.skipIf(!hasKubectl).each(operations.map((patch) => [patch]))(
  'a JSON patch is that of kubectl: %j',
  (patch) => {
    const theirs = patched(deployment, patch, 'json');
    const ours = () => withoutEmpty(jsonPatch(deployment, patch));
    if (theirs instanceof Error) expect(ours).toThrow(RangeError);
    else expect(ours()).toEqual(withoutEmpty(theirs));
  },
);

test.skipIf(hasKubectl)('kubectl is not on the PATH, so nothing was compared', (context) => {
  context.skip();
});
