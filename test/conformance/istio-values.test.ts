import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definitionSource } from '../../scripts/json-schema/definition-source.mjs';
import { describedSchema } from '../../scripts/json-schema/described-schema.mjs';
import { defineMesh } from '../../src/mesh/define-mesh';
import { definitionSchema } from '../../src/mesh/definition-schema';
import { type HelmValues, isMap } from '../../src/mesh/helm-values';
import { reservedValues } from '../../src/mesh/rules/owned-values';
import { istioValues } from '../../src/mesh/values/schemas/istio-values';
import { unreadValues } from '../../src/mesh/values/unread-values';
import { unsupportedValues } from '../../src/mesh/values/unsupported-values';
import { MeshError } from '../../src/problems/problem';
import { type JsonSchema, valuesOf } from '../mesh/json-schema-values';
import { istioctls, manifestGenerate, objections, versionOf } from './istioctl';
import { parseObjects } from './objects';

/**
 * Values that Istio's charts read, but istioctl rejects: its schema does not contain them or has another
 * type for them.
 */
const refusedByIstioctl: readonly { readonly path: readonly string[]; readonly value: unknown }[] = [
  { path: ['base', 'validationFailurePolicy'], value: 'Fail' },
  { path: ['gateways', 'istio-egressgateway', 'externalTrafficPolicy'], value: 'Local' },
  { path: ['gateways', 'istio-egressgateway', 'loadBalancerIP'], value: '203.0.113.10' },
  { path: ['gateways', 'istio-egressgateway', 'loadBalancerSourceRanges'], value: ['203.0.113.0/24'] },
  { path: ['gateways', 'istio-egressgateway', 'replicaCount'], value: 2 },
  { path: ['global', 'defaultResources', 'limits'], value: { cpu: '1' } },
  { path: ['global', 'defaultResources', 'requests'], value: { 'ephemeral-storage': '1Gi' } },
  { path: ['global', 'proxy', 'capNetBindService'], value: true },
  { path: ['global', 'proxy', 'variant'], value: 'debug' },
  { path: ['global', 'proxy_init', 'forceApplyIptables'], value: true },
  { path: ['global', 'waypoint', 'nodeSelector'], value: { zone: 'a' } },
  { path: ['global', 'waypoint', 'tolerations'], value: [{ key: 'a' }] },
  { path: ['pilot', 'deploymentAnnotations'], value: { a: 'b' } },
  { path: ['pilot', 'extraContainerArgs'], value: ['--vklog=1'] },
  { path: ['pilot', 'initContainers'], value: [{ name: 'a' }] },
  { path: ['pilot', 'pdb'], value: { minAvailable: 1 } },
  { path: ['pilot', 'sidecarInjectorWebhookAnnotations'], value: { a: 'b' } },
  { path: ['pilot', 'terminationMessagePolicy'], value: 'File' },
  { path: ['pilot', 'trafficDistribution'], value: 'PreferClose' },
  { path: ['pilot', 'trustedZtunnelName'], value: 'ztunnel' },
  { path: ['platform'], value: 'gke' },
];

/** Values that releases before 1.31 do not support. A validation rule of the mesh reports them. */
const newcomers = [
  ['global', 'enableReaderRBAC'],
  ['global', 'readerServiceAccount'],
  ['pilot', 'taint', 'name'],
];

const schema = describedSchema(definitionSchema, istioValues(), definitionSource) as JsonSchema;
const valuesSchema = [
  ...unsupportedValues.map(({ path }) => path),
  ...unreadValues,
  ...reservedValues,
  ...refusedByIstioctl.map(({ path }) => path),
  // Maps with arbitrary keys, which istioctl passes to Istio's own MeshConfig.
  ['meshConfig'],
  // istioctl validates only some of these; cni.test.ts compares what becomes of them.
  ['cni'],
].reduce(without, plain(schema.definitions?.IstioValues ?? {}));

/** A schema without the other types that Helm reads, such as null and numbers in quotes. Another test compares those. */
function plain(schema: JsonSchema): JsonSchema {
  const { anyOf, type, properties, items, additionalProperties: entry } = schema;
  const filled = anyOf?.filter((member) => member.type !== 'null').map(plain);
  const textual = filled?.filter((member) => member.type === 'string');
  const members = textual?.length ? textual : filled;
  if (members?.length === 1) return { ...schema, anyOf: undefined, ...members[0] };
  const types = [type ?? []].flat().filter((each) => each !== 'null');
  const isNumber = types.includes('integer') || (types.includes('number') && schema.pattern !== undefined);
  const plainTypes = types.filter((each) => (each === 'string') !== isNumber || !types.includes('string'));
  return {
    ...schema,
    ...(members && { anyOf: members }),
    ...(type && { type: plainTypes.length === 1 ? plainTypes[0] : plainTypes }),
    ...(items && { items: plain(items) }),
    ...(entry && { additionalProperties: plain(entry) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, plain(part)])),
    }),
  };
}

/** A schema without the key at a path. */
function without(schema: JsonSchema, [key = '', ...rest]: readonly string[]): JsonSchema {
  const { [key]: found, ...others } = schema.properties ?? {};
  if (found === undefined) return schema;
  const properties = rest.length === 0 ? others : { ...others, [key]: without(found, rest) };
  return { ...schema, properties };
}

/** Generates values with every key of a schema. */
function completeValues(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.properties === undefined) return valuesOf(schema, {});
  return fc.record(
    Object.fromEntries(Object.entries(schema.properties).map(([key, part]) => [key, completeValues(part)])),
    { noNullPrototype: true },
  );
}

function operator(values: unknown) {
  return { apiVersion: 'install.istio.io/v1alpha1', kind: 'IstioOperator', spec: { values } };
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((within, key) => ({ [key]: within }), value);
}

/** The default values of Istio's charts, with those of pilot at the path that users set. */
function defaultValues(istioctl: string): HelmValues {
  const objects = parseObjects(manifestGenerate(istioctl, operator({}))) as {
    kind: string;
    metadata: { name: string };
    data: Record<string, string>;
  }[];
  const recorded = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'values');
  const merged: HelmValues = JSON.parse(recorded?.data['merged-values'] ?? '{}');
  const ours = schema.definitions?.IstioValues?.properties ?? {};
  const shared = Object.entries(merged).filter(([key]) => key in ours);
  const pilot = Object.entries(merged).filter(([key]) => !(key in ours));
  const { pilot: given } = merged;
  return {
    ...Object.fromEntries(shared),
    pilot: { ...Object.fromEntries(pilot), ...(isMap(given) ? given : {}) },
  };
}

function problemsOf(version: string, values: HelmValues) {
  try {
    defineMesh({
      meshID: 'mesh1',
      istio: { controlPlane: 'native', version, values },
      clusters: [{ name: 'cluster1', network: 'network1' }],
    });
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
  return [];
}

describe.each(istioctls)('the values of %s', (istioctl) => {
  const version = versionOf(istioctl);
  const known = version.startsWith('1.31.') ? valuesSchema : newcomers.reduce(without, valuesSchema);

  test('are all known, with the same defaults', () => {
    const defaults = defaultValues(istioctl);
    expect(Object.keys(defaults).length).toBeGreaterThan(10);
    const unknown = problemsOf(version, defaults).filter(
      ({ code }) => code !== 'MESH-OWNED-VALUE' && code !== 'MESH-UNSUPPORTED-VALUE',
    );
    expect(unknown).toEqual([]);
  });

  test('include all values that we accept', () => {
    fc.assert(
      fc.property(completeValues(known), (values) => {
        expect(objections(istioctl, operator(values))).not.toMatch(/could not unmarshal/);
      }),
      { numRuns: 20 },
    );
  });

  test.each(refusedByIstioctl.map(({ path, value }) => ({ name: path.join('.'), path, value })))(
    'do not include $name, which the charts read and we accept',
    ({ path, value }) => {
      const values = nested(path, value) as HelmValues;
      expect(objections(istioctl, operator(values))).toMatch(/unknown field|bad StructValue/);
      const newest = problemsOf('1.31.0', values);
      expect(newest).toEqual([]);
    },
  );
});

/** Keys of the newest release's MeshConfig that older releases do not have. */
const newMeshConfig = [
  'defaultTrafficPolicy',
  'zoneAwareLbSetting',
  'serviceEntryVisibility',
  'defaultConfig.connectionSettings',
];

/** The keys of a map of the schema, each with values for Istio that are invalid at this key. */
function probes(map: JsonSchema | undefined, at: (within: object) => object, prefix = '') {
  return Object.keys(map?.properties ?? {}).map((key) => ({
    name: `${prefix}${key}`,
    values: { meshConfig: at({ [key]: [[0]] }) },
  }));
}

const meshConfig = schema.definitions?.IstioValues?.properties?.meshConfig?.properties ?? {};
const meshConfigKeys = [
  ...probes({ properties: meshConfig }, (within) => within),
  ...probes(meshConfig.defaultConfig, (defaultConfig) => ({ defaultConfig }), 'defaultConfig.'),
  ...probes(
    meshConfig.extensionProviders?.items,
    (provider) => ({ extensionProviders: [provider] }),
    'extensionProviders.',
  ),
];

describe.each(istioctls)('the meshConfig of %s', (istioctl) => {
  const newest = versionOf(istioctl).startsWith('1.31.');

  test('ignores an unknown key', () => {
    expect(objections(istioctl, operator({ meshConfig: { accesLogFile: [[0]] } }))).toBe('');
  });

  test.each(meshConfigKeys)('has the key $name', ({ name, values }) => {
    const objection = objections(istioctl, operator(values));
    if (newest || !newMeshConfig.includes(name)) expect(objection).toMatch(/failed to convert to proto/);
    else expect(objection).toBe('');
  });
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
