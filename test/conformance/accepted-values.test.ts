import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedDifference } from '../../scripts/compare/allowed-differences.mjs';
import { differences } from '../../scripts/compare/differences.mjs';
import { compareInjection } from '../../scripts/compare/injection.mjs';
import { run } from '../../scripts/compare/istioctl.mjs';
import { canonical, parseObjectsWithoutCrds } from '../../scripts/compare/objects.mjs';
import { definitionSource } from '../../scripts/json-schema/definition-source.mjs';
import { describedSchema } from '../../scripts/json-schema/described-schema.mjs';
import { chartGateway } from '../../src/control-plane/gateway/chart-gateway';
import { gatewayObjects } from '../../src/control-plane/gateway/gateway-objects';

import { controlPlaneInput } from '../../src/control-plane/input';
import { controlPlaneObjects } from '../../src/control-plane/istiod/control-plane-objects';
import { gatewayComponents } from '../../src/mesh/components/gateway-components';
import { defineMesh } from '../../src/mesh/define-mesh';
import { definitionSchema } from '../../src/mesh/definition-schema';
import type { HelmValue, HelmValues } from '../../src/mesh/helm-values';
import { defaultHub } from '../../src/mesh/istio-version';
import { reservedValues } from '../../src/mesh/rules/owned-values';
import { istioValues } from '../../src/mesh/values/schemas/istio-values';
import { unreadValues } from '../../src/mesh/values/unread-values';
import { unsupportedValues } from '../../src/mesh/values/unsupported-values';
import { MeshError, type Problem } from '../../src/problems/problem';
import type { JsonSchema } from '../mesh/json-schema-values';
import { istioctls, versionOf } from './istioctl';

/** One value at one path, of a type that may be right or wrong. */
interface Sample {
  readonly path: readonly string[];
  readonly value: HelmValue;
}

/** What a program makes of a value: the objects, or why it refuses the value. */
interface Verdict {
  readonly objects?: Readonly<Record<string, unknown>>;
  readonly objections: readonly string[];
}

/** Values that another rule than the schema decides about, and the labels of a gateway, which are its component's. */
const others = [
  ...reservedValues,
  ...unreadValues,
  ...unsupportedValues.map(({ path }) => path),
  ['gateways', 'istio-ingressgateway', 'labels'],
  ['gateways', 'istio-ingressgateway', 'name'],
  // istioctl overwrites it depending on its component.
  ['pilot', 'cni'],
].map((path) => path.join('.'));

const anyType: readonly HelmValue[] = [null, 2, '2', 1.5, true, 'true', 'text', '', {}, []];
const anyEntries: readonly HelmValue[] = [
  { a: 1 },
  { a: true },
  { a: null },
  { a: 'b' },
  { a: '{\\"b\\": \\"c\\"}' },
  { a: 'b\nc' },
  { a: { b: 1 } },
];
const anyItems: readonly HelmValue[] = [['a'], [1], [null]];

function samplesOf(schema: JsonSchema, path: readonly string[] = []): Sample[] {
  if (others.includes(path.join('.'))) return [];
  const members = [schema, ...(schema.anyOf ?? [])];
  const properties = members.flatMap((member) => Object.entries(member.properties ?? {}));
  const isMap = members.some(({ additionalProperties }) => Boolean(additionalProperties));
  const isList = members.some(({ items }) => items !== undefined);
  const values = [...anyType, ...(isMap ? anyEntries : []), ...(isList ? anyItems : [])];
  return [
    ...(path.length === 0 ? [] : values.map((value) => ({ path, value }))),
    // Other tests compare the mesh configuration.
    ...(path[0] === 'meshConfig' ? [] : properties.flatMap(([key, part]) => samplesOf(part, [...path, key]))),
  ];
}

const schema = describedSchema(definitionSchema, istioValues(), definitionSource) as JsonSchema;
const all = samplesOf(schema.definitions?.IstioValues ?? {});

/**
 * CI compares some samples of each version, and others of each. VALUE_SAMPLES compares more of them, chosen by VALUE_SEED,
 * or with `all` all of them, in an hour.
 */
function samplesFor(istioctl: string): readonly Sample[] {
  if (process.env.VALUE_SAMPLES === 'all') return all;
  return fc.sample(fc.constantFrom(...all), {
    numRuns: Number(process.env.VALUE_SAMPLES ?? 80),
    seed: Number(process.env.VALUE_SEED ?? 1_31_0) + istioctls.indexOf(istioctl),
  });
}

function valuesOf({ path, value }: Sample): HelmValues {
  return path.reduceRight<HelmValue>((within, key) => ({ [key]: within }), value) as HelmValues;
}

function renderedByIstioctl(istioctl: string, version: string, values: HelmValues): Promise<string> {
  const spec = { hub: defaultHub(version), tag: version, components: { base: { enabled: false } }, values };
  const operator = { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec };
  return run(istioctl, ['manifest', 'generate', '-f', '-'], JSON.stringify(operator));
}

async function theirVerdict(istioctl: string, version: string, values: HelmValues): Promise<Verdict> {
  try {
    const manifests = await renderedByIstioctl(istioctl, version, values);
    return { objects: canonical(parseObjectsWithoutCrds(manifests)), objections: [] };
  } catch (error) {
    return { objections: [(error as Error).message] };
  }
}

function ourVerdict(version: string, values: HelmValues): Verdict & { problems: readonly Problem[] } {
  try {
    const clusters = [{ name: 'cluster1', network: 'network1' }];
    defineMesh({ meshID: 'mesh1', istio: { version, values }, clusters });
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return { problems: error.problems, objections: error.problems.map(({ message }) => message) };
  }
  const settings = {
    hub: defaultHub(version),
    tag: version,
    profile: 'default',
    revision: 'default',
    dataPlane: 'sidecar',
  } as const;
  const input = controlPlaneInput({ ...settings, version, values });
  const gateways = gatewayComponents({ profile: 'default', values }).map((gateway) =>
    Object.values(gatewayObjects(chartGateway(input, gateway))),
  );
  return {
    problems: [],
    objections: [],
    objects: canonical([...controlPlaneObjects(input), ...gateways.flat()]),
  };
}

/** Why this package takes what istioctl refuses. */
const takenHere: readonly { readonly reason: string; readonly is: (objection: string) => boolean }[] = [
  {
    reason: "The charts read it, but istioctl's schema does not have it, or has another type: Helm takes it.",
    is: (objection) => /unknown field|bad StructValue/.test(objection),
  },
  {
    reason: 'A text that the charts would break, such as JSON with plain quotes.',
    is: (objection) => /error converting YAML to JSON|YAML parse error/.test(objection),
  },
  {
    reason: 'Amounts of resources may be numbers in Helm, and are texts in istioctl.',
    is: (objection) => /cannot unmarshal (number|bool) into Go value of type string/.test(objection),
  },
];

/** Why this package refuses what istioctl takes. */
const refusedHere: readonly {
  readonly reason: string;
  readonly is: (sample: Sample, problems: readonly Problem[]) => boolean;
}[] = [
  {
    reason: 'Kubernetes, istiod or a proxy refuses it, or it has no effect in this version.',
    is: (_, problems) => problems.every(({ code }) => code !== 'MESH-TYPE'),
  },
  {
    reason: 'The charts write a map or a list into a text, such as map[a:b].',
    is: ({ value }) => typeof value === 'object' && value !== null,
  },
  {
    reason: 'The charts render hardly anything without the scope, or an empty name.',
    is: ({ value }) => value === null || value === '',
  },
  {
    reason: 'istioctl does not check the type of these values, which Kubernetes does.',
    is: ({ path }) => /seccompProfile|securityContext|sds|tag|ztunnel/i.test(path.join('.')),
  },
];

/** Values whose null istioctl and this package write in different forms, with the same effect on pods. */
const sameInjection = [
  'global.proxy.autoInject',
  'pilot',
  'sidecarInjectorWebhook.alwaysInjectSelector',
  'sidecarInjectorWebhook.neverInjectSelector',
];

/** Differences between the objects of a value that both take. */
const different: readonly { readonly reason: string; readonly is: (sample: Sample) => boolean }[] = [
  {
    reason:
      'The charts write a text without quotes, so that Kubernetes gets a number or a boolean, and refuses it.',
    is: ({ value }) => ['2', 'true'].includes(value as string),
  },
  {
    reason: 'The charts write a scalar where Kubernetes requires a text, and an empty value is left out.',
    is: ({ value }) => JSON.stringify(value)?.startsWith('{"a":') === true,
  },
  {
    reason: 'Kubernetes refuses a target without a value, which the charts write for null.',
    is: ({ path, value }) => path.includes('targetAverageUtilization') && value === null,
  },
  {
    reason: 'For null, the charts name a template without a name, and no pod is injected with it.',
    is: ({ path, value }) => path.includes('injectionTemplate') && value === null,
  },
  {
    reason: 'They are in a ConfigMap, and the injector does the same with both, as a test below shows.',
    is: ({ path, value }) => value === null && sameInjection.includes(path.join('.')),
  },
  {
    reason: 'A variable of istiod without a value is false, the default.',
    is: ({ path, value }) => path.at(-1) === 'enableAnalysis' && value === null,
  },
  {
    reason: 'Kubernetes refuses an affinity to none of the architectures, which the charts write.',
    is: ({ path, value }) => path.includes('arch') && (value === null || JSON.stringify(value) === '[]'),
  },
  {
    reason: 'The charts write nothing for an empty argument, which Kubernetes reads as the empty text.',
    is: ({ path, value }) => path.includes('clusterDomain') && value === '',
  },
  {
    reason:
      'null of istioctl takes the account away with which other clusters read this one, and that of Helm is the default.',
    is: ({ path, value }) => path.includes('enableReaderRBAC') && value === null,
  },
  {
    reason: 'The API server reads no list of ports as an empty one, and refuses both.',
    is: ({ path, value }) => path.includes('ports') && (value === null || JSON.stringify(value) === '[]'),
  },
];

/** What is wrong with the two verdicts about a sample, or undefined. */
function disagreement(sample: Sample, ours: ReturnType<typeof ourVerdict>, theirs: Verdict) {
  if (ours.objects === undefined && theirs.objects === undefined) return undefined;
  if (ours.objects === undefined) {
    const known = refusedHere.some(({ is }) => is(sample, ours.problems));
    return known ? undefined : `istioctl takes it, and we say: ${ours.objections.join(' ')}`;
  }
  if (theirs.objects === undefined) {
    const known = takenHere.some(({ is }) => theirs.objections.some(is));
    return known ? undefined : `We take it, and istioctl says: ${theirs.objections.join(' ')}`;
  }
  if (different.some(({ is }) => is(sample))) return undefined;
  const found = differences(ours.objects, theirs.objects).filter((each) => !allowedDifference(each, ''));
  return found.length === 0 ? undefined : JSON.stringify(found.slice(0, 3));
}

describe.each(istioctls)('values of any type, compared with %s', (istioctl) => {
  test('are taken, refused and rendered in the same way', { timeout: 7_200_000 }, async () => {
    const version = versionOf(istioctl);
    const remaining = [...samplesFor(istioctl)];
    const found: string[] = [];
    const compareNext = async (): Promise<void> => {
      for (let sample = remaining.pop(); sample !== undefined; sample = remaining.pop()) {
        const values = valuesOf(sample);
        const wrong = disagreement(
          sample,
          ourVerdict(version, values),
          await theirVerdict(istioctl, version, values),
        );
        if (wrong !== undefined) found.push(`${JSON.stringify(values)}: ${wrong}`);
      }
    };
    await Promise.all([compareNext(), compareNext()]);
    expect(found).toEqual([]);
  });
});

test.each(istioctls.slice(0, 1).flatMap((istioctl) => sameInjection.map((name) => ({ istioctl, name }))))(
  'null of $name injects the same pods as with $istioctl',
  async ({ istioctl, name }) => {
    const version = versionOf(istioctl);
    const values = valuesOf({ path: name.split('.'), value: null });
    const settings = {
      hub: defaultHub(version),
      tag: version,
      profile: 'default',
      revision: 'default',
      dataPlane: 'sidecar',
    } as const;
    const ours = controlPlaneObjects(controlPlaneInput({ ...settings, version, values }));
    const theirs = parseObjectsWithoutCrds(await renderedByIstioctl(istioctl, version, values));
    expect(await compareInjection(istioctl, ours, theirs)).toEqual([]);
  },
);

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
