import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import {
  all,
  any,
  Expression,
  go,
  goText,
  not,
  templateVariable,
} from '../../../src/control-plane/injection/expression';
import {
  choose,
  each,
  shared,
  type Template,
  type TemplateMap,
  when,
  yaml,
} from '../../../src/control-plane/injection/template';
import { templateText } from '../../../src/control-plane/injection/template-text';
import { istioctls } from '../istioctl';
import { injectOne } from './kube-inject';

const [istioctl = 'istioctl'] = istioctls;

interface Pod {
  metadata: { annotations: Record<string, string> };
  spec: { containers: { name: string; [key: string]: unknown }[]; [key: string]: unknown };
}

const presets = {
  nodeSelector: { kept: 'yes' },
  tolerations: [{ key: 'kept' }],
  imagePullSecrets: [{ name: 'kept' }],
  securityContext: { seLinuxOptions: { level: 'kept' }, runAsUser: 1 },
};

/** Injects a template into a pod with the given annotations and a container named app. */
async function injected(template: TemplateMap, annotations: Record<string, string> = {}): Promise<Pod> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', annotations },
    spec: { containers: [{ name: 'app', image: 'app:1' }], ...presets },
  };
  const config = stringify({ templates: { sidecar: templateText(template) } });
  return injectOne(istioctl, { config, values: '{}', mesh: '' }, pod);
}

/** The container that a template adds to the pod. */
async function injectedContainer(
  container: TemplateMap,
  annotations: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const { spec } = await injected({ spec: { containers: [{ name: 'added', ...container }] } }, annotations);
  const { resources, ...added } = spec.containers.find(({ name }) => name === 'added') ?? { name: '' };
  return added;
}

const args = async (...items: Template[]) => (await injectedContainer({ args: items })).args;

const asked = go`eq (index .ObjectMeta.Annotations "ask") "yes"`;
/** Characters that istioctl cannot write in a pod with any template. */
const unwritable = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;
const anyString = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'{}[]|>:#-?&*!%@`\'"\\ \n\t,=~yYnN0x1.\ufeff') }),
    fc.constantFrom('true', 'No', 'on', 'y', 'null', '~', '', '0x1f', '1e3', '.inf', '1_000', '12:30:00'),
    fc.constantFrom(
      '{{ .Revision }}',
      '}}',
      '{{- /* */ -}}',
      'a: b',
      'a #b',
      '- a',
      '--a',
      '- ',
      'a:',
      '<<',
      '%v',
    ),
  )
  .filter((string) => !unwritable.test(string));

test('preserves every string, whether from synthesis or from istiod', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyString, { minLength: 100, maxLength: 100 }), async (strings) => {
      const found = strings.map((string) => go`print ${string}`);
      const mixed = strings.map((string, index) => goText`${string}%d${found[index] ?? ''}"`);
      expect(await args(...strings, ...found, ...mixed)).toEqual([
        ...strings,
        ...strings,
        ...strings.map((string) => `${string}%d${string}"`),
      ]);
    }),
    { numRuns: 10 },
  );
});

test('escapes line breaks and characters that YAML does not allow', async () => {
  const characters = [
    '\n',
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u009f',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\uffff',
  ];
  const lengths = characters.map((character) => go`len ${`{{${character}`}`);
  expect(await args(...lengths)).toEqual(
    characters.map((character) => String(2 + Buffer.byteLength(character))),
  );
  expect(parse(templateText(characters))).toEqual(characters);
});

test('preserves every string as a key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(anyString, { minLength: 50, maxLength: 99 }), async (keys) => {
      const labels = Object.fromEntries(keys.map((key) => [key, key]));
      const { spec } = await injected({ spec: { nodeSelector: labels } });
      expect(spec.nodeSelector).toEqual({ ...presets.nodeSelector, ...labels });
    }),
    { numRuns: 10 },
  );
});

test('writes numbers, booleans, empty maps and JSON from istiod', async () => {
  const container = {
    securityContext: { runAsUser: yaml(go`.ProxyUID`), privileged: false, capabilities: {} },
    ports: [{ containerPort: 15090 }],
    volumeMounts: [yaml(go`dict "name" "data" "mountPath" "/data" | toJson`)],
  };
  expect(await injectedContainer(container)).toEqual({
    name: 'added',
    securityContext: { runAsUser: 1337, privileged: false, capabilities: {} },
    ports: [{ containerPort: 15090 }],
    volumeMounts: [{ name: 'data', mountPath: '/data' }],
  });
});

test.each([
  ['yes', ['first', '-a', '1', 'second', 'asked', 'last'], { exec: { command: ['asked'] } }],
  ['no', ['first', 'second', 'not asked', 'last'], { tcpSocket: { port: 80 } }],
])('evaluates conditions with the annotation ask: %s', async (answer, expectedArgs, readinessProbe) => {
  const container = {
    args: [
      'first',
      when(asked, '-a', '1'),
      when(true, 'second'),
      when(false, 'never'),
      undefined,
      choose(asked, 'asked', 'not asked'),
      'last',
    ],
    readinessProbe: {
      exec: when(asked, { command: ['asked'] }),
      tcpSocket: when(not(asked), { port: 80 }),
    },
    livenessProbe: undefined,
  };
  expect(await injectedContainer(container, { ask: answer })).toEqual({
    name: 'added',
    args: expectedArgs,
    readinessProbe,
  });
});

test.each([
  ['yes', true],
  ['no', false],
])('combines conditions with the annotation ask: %s', async (answer, holds) => {
  const conditions = [
    [asked, holds],
    [not(asked), !holds],
    [all(asked, true, asked), holds],
    [all(asked, not(asked)), false],
    [any(asked, false), holds],
    [any(asked, not(asked)), true],
    [all(true, asked, any(not(asked), asked)), holds],
  ] as const;
  const found = await injectedContainer(
    { args: ['of', ...conditions.map(([condition]) => choose(condition, 'yes', 'no'))] },
    { ask: answer },
  );
  expect(found).toEqual({
    name: 'added',
    args: ['of', ...conditions.map(([, expected]) => (expected ? 'yes' : 'no'))],
  });
});

test('evaluates conditions that are known at synthesis', async () => {
  expect([all(), any(), all(true, false, asked), any(asked, true), not(true)]).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
  expect([all(true, asked), any(false, asked)]).toEqual([asked, asked]);
  expect(goText`a${1}b`).toBe('a1b');
});

test('omits a collection without entries, because null would delete the value of the pod', async () => {
  const { spec } = await injected({
    metadata: { annotations: { ask: 'no' } },
    spec: {
      nodeSelector: { kept: when(asked, 'a'), other: undefined },
      tolerations: [when(asked, { key: 'a' }), when(false, { key: 'b' })],
      imagePullSecrets: [each(go`list`, (_, name) => [{ name }])],
      securityContext: { seLinuxOptions: { level: when(asked, 'a') }, windowsOptions: undefined },
    },
  });
  expect(spec).toMatchObject(presets);
});

test('writes an explicit null', async () => {
  const { spec } = await injected({ spec: { nodeSelector: null } });
  expect(spec.tolerations).toEqual(presets.tolerations);
  expect(spec.nodeSelector).toBeUndefined();
});

test('repeats items for each element of a list or map', async () => {
  const container = {
    args: ['of', each(go`index .Spec.Containers 0 | list`, (key, value) => [key, go`${value}.Name`])],
    env: [
      each(go`dict "B" "{{2}}" "A" "1"`, (key, value) => [
        { name: key, value: goText`${value} and ${go`$.ObjectMeta.Name`}` },
      ]),
    ],
  };
  expect(await injectedContainer(container)).toEqual({
    name: 'added',
    args: ['of', '0', 'app'],
    env: [
      { name: 'A', value: '1 and pod' },
      { name: 'B', value: '{{2}} and pod' },
    ],
  });
});

test('writes an item that starts with a condition', async () => {
  expect(await injectedContainer({ env: [{ value: when(asked, '1'), name: 'A' }] }, { ask: 'yes' })).toEqual({
    name: 'added',
    env: [{ name: 'A', value: '1' }],
  });
});

test('sets a variable before its first use, and after the variables that it uses', async () => {
  const names = templateVariable(
    '$names',
    go`list`,
    '{{ range .Spec.Containers }}{{ $names = append $names .Name }}{{ end }}',
  );
  const joined = templateVariable('$joined', go`join "," (append ${names} "more")`);
  expect(await args('of', joined, when(go`eq ${joined} "app,more"`, go`len ${names}`))).toEqual([
    'of',
    'app,more',
    '1',
  ]);
});

test('writes several documents', async () => {
  const documents = [{ kind: 'A' }, { kind: 'B', spec: { list: ['a', { b: [] }, [], {}] } }, 'text'];
  const text = templateText(...documents, undefined, when(false, { kind: 'C' }));
  expect(parseAllDocuments(text).map((document) => document.toJS())).toEqual([...documents, null]);
});

test('writes a shared part once, with the variables that it uses', async () => {
  const asks = templateVariable('$asks', asked);
  const container = shared('container', { name: 'added', args: ['of', asks, when(asks, 'asked')] });
  const template = {
    metadata: { labels: { asked: go`print ${asks}` } },
    spec: {
      initContainers: [{ name: 'first', image: 'first:1' }, when(asks, container)],
      containers: [when(not(asks), container)],
    },
  };
  expect(templateText(template).match(/name: added/g)).toHaveLength(1);
  const names = (pod: Pod, key: string) =>
    (pod.spec[key] as Pod['spec']['containers']).map(({ name, args }) => [name, args]);
  const yes = await injected(template, { ask: 'yes' });
  expect(names(yes, 'initContainers')).toEqual([
    ['first', undefined],
    ['added', ['of', 'true', 'asked']],
  ]);
  expect(names(yes, 'containers')).toEqual([['app', undefined]]);
  expect(names(await injected(template), 'containers')).toEqual([
    ['added', ['of', 'false']],
    ['app', undefined],
  ]);
});

test('evaluates a condition once, and once in each iteration of a repetition', async () => {
  const value = new Expression('$value');
  const container = {
    args: [
      'of',
      when(asked, when(asked, 'asked'), choose(asked, 'still', 'never')),
      each(go`list "a" ""`, (_, outer) => [
        when(
          outer,
          outer,
          each(go`list "" "b"`, (_, inner) => [when(value, inner)]),
        ),
      ]),
    ],
  };
  expect(templateText(container).match(/if eq/g)).toHaveLength(1);
  expect(await injectedContainer(container, { ask: 'yes' })).toEqual({
    name: 'added',
    args: ['of', 'asked', 'still', 'a', 'b'],
  });
});
