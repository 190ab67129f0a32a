import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { definitionSource } from '../../scripts/json-schema/definition-source.mjs';
import { describedSchema } from '../../scripts/json-schema/described-schema.mjs';
import { meshWithDefaults } from '../../src/mesh/defaults';
import { definitionSchema } from '../../src/mesh/definition-schema';
import { valueSources } from '../../src/mesh/helm-values';
import { isNative } from '../../src/mesh/rules/control-planes';
import { istioValues } from '../../src/mesh/values/schemas/istio-values';
import { typedValues } from '../../src/mesh/values/typed-values';
import { valueAt } from '../../src/problems/problem';
import { type JsonSchema, valuesOf, withOneChange } from './json-schema-values';

const repository = new URL('../../', import.meta.url);
const schema = describedSchema(definitionSchema, istioValues(), definitionSource) as JsonSchema;
const matches = new Ajv({ strict: true, strictTypes: false }).compile(schema);

/**
 * Whether the schemas of the program permit a definition; undefined if only a condition refuses it that JSON
 * Schema cannot express.
 */
function permitted(definition: unknown): boolean | undefined {
  const valueIssues = valueSources(definition)
    .flatMap(({ values }) => {
      const typed = typedValues(values);
      const issues = istioValues().safeParse(typed).error?.issues ?? [];
      // The bounds of a number in quotes and the form of a number as a text.
      const isConverted = ({ path }: (typeof issues)[number]) =>
        valueAt(values, path as string[]) !== valueAt(typed, path as string[]);
      return issues.map((issue) =>
        isConverted(issue) ? { ...issue, code: 'custom' as const, params: {} } : issue,
      );
    })
    .filter(({ code }) => code !== 'unrecognized_keys' || isNative(definition));
  // Other keys are allowed in meshConfig, unless they look like a misspelling.
  const isExpressible = (issue: (typeof valueIssues)[number]) =>
    issue.code !== 'custom' && (issue.code !== 'unrecognized_keys' || issue.path[0] !== 'meshConfig');
  if (valueIssues.some(isExpressible)) return false;
  const issues = definitionSchema.safeParse(definition).error?.issues ?? [];
  if (issues.some(({ code }) => code !== 'custom')) return false;
  return valueIssues.length + issues.length > 0 ? undefined : true;
}

/** Every key that the schema has, with its path and its own schema. */
function keysIn(
  within: JsonSchema,
  path: readonly string[] = [],
): { path: readonly string[]; key: JsonSchema }[] {
  const { anyOf = [] } = within;
  const isNullable = anyOf.some(({ type }) => type === 'null');
  const lists = isNullable ? anyOf.map(({ items }) => items) : [];
  const maps = [within, within.items, ...anyOf, ...lists];
  return maps.flatMap((map) =>
    Object.entries(map?.properties ?? {}).flatMap(([name, key]) => {
      const here = [...path, name];
      return [{ path: here, key }, ...keysIn(key, here)];
    }),
  );
}

const keys = [...keysIn(schema), ...keysIn(schema.definitions?.IstioValues ?? {}, ['values'])].map(
  (entry) => ({ ...entry, name: entry.path.join('.') }),
);

describe('the JSON Schema of mesh.yaml', () => {
  it.each(keys)('describes $name', ({ key }) => {
    expect(key.description).toMatch(/^[A-Z].*\.$/s);
  });

  it('names as defaults what a mesh really gets', () => {
    const mesh = meshWithDefaults({ meshID: 'm', clusters: [{ name: 'c', network: 'n' }] });
    const atPath = (path: readonly string[]) =>
      path.reduce<unknown>((value, name) => {
        const holder = Array.isArray(value) ? value[0] : value;
        return (holder as Record<string, unknown> | undefined)?.[name];
      }, mesh);
    const named = keys.filter(({ path, key }) => key.default !== undefined && atPath(path) !== undefined);
    expect(named.length).toBeGreaterThan(5);
    expect(named.map(({ name, key }) => [name, key.default])).toEqual(
      named.map(({ name, path }) => [name, atPath(path)]),
    );
  });

  it("accepts the repository's own mesh.yaml", () => {
    const definition = parse(readFileSync(new URL('mesh.yaml', repository), 'utf8'));
    expect(matches(definition), JSON.stringify(matches.errors)).toBe(true);
  });

  it('accepts values of istiod at the top level, where its chart has them', () => {
    const withValues = (values: object) => ({
      meshID: 'mesh1',
      istio: { values },
      clusters: [{ name: 'cluster1', network: 'network1' }],
    });
    expect(matches(withValues({ autoscaleMin: 2, _internal_defaults_do_not_set: { env: { A: 'b' } } }))).toBe(
      true,
    );
    expect(matches(withValues({ autoscaleMinimum: 2 }))).toBe(false);
  });

  it('permits only what the program permits', () => {
    fc.assert(
      fc.property(valuesOf(schema, schema.definitions), (definition) => {
        expect(matches(definition), JSON.stringify(matches.errors)).toBe(true);
        expect(permitted(definition)).not.toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with the program about definitions with a problem', () => {
    fc.assert(
      fc.property(withOneChange(valuesOf(schema, schema.definitions)), (definition) => {
        expect([matches(definition), undefined]).toContain(permitted(definition));
      }),
      { numRuns: 1000 },
    );
  });

  const cluster = { name: 'cluster1', network: 'network1' };
  const gateway = (eastWestGateway: unknown) => ({
    meshID: 'mesh1',
    clusters: [{ ...cluster, eastWestGateway }],
  });
  it.each([
    ['an empty file', null],
    ['a list', []],
    ['no mesh ID', { clusters: [cluster] }],
    ['no clusters', { meshID: 'mesh1', clusters: [] }],
    ['an unknown key', { meshID: 'mesh1', clusters: [cluster], trustdomain: 'example.org' }],
    ['a cluster without a network', { meshID: 'mesh1', clusters: [{ name: 'cluster1' }] }],
    ['a name in upper case', { meshID: 'mesh1', clusters: [{ ...cluster, name: 'Cluster1' }] }],
    ['a mesh ID that is a number', { meshID: 1, clusters: [cluster] }],
    ['an unknown profile', { meshID: 'mesh1', clusters: [cluster], istio: { profile: 'ambient' } }],
    ['values that are a list', { meshID: 'mesh1', clusters: [cluster], istio: { values: [] } }],
    ['a gateway that is neither map nor disabled', gateway('enabled')],
    ['an unknown key of a gateway', gateway({ replica: 2 })],
    ['half a pod', gateway({ autoscaling: 'disabled', replicas: 1.5 })],
    ['a quantity with a space', gateway({ resources: { requests: { cpu: '100 m' } } })],
    ['a load balancer of no cloud', gateway({ loadBalancer: { scheme: 'internal' } })],
  ])('refuses %s, as the program does', (_, definition) => {
    expect(definitionSchema.safeParse(definition).success).toBe(false);
    expect(matches(definition)).toBe(false);
  });

  const unknownKeys = [
    { plot: {} },
    { pilot: { autoscaleMn: 2 } },
    { global: { proxy: { resources: { request: {} } } } },
    { gateways: { 'istio-ingressgateway': { ports: [{ prot: 1 }] } } },
  ];
  const inEveryPlace = (values: object) => [
    { istio: { values } },
    { istio: { canary: { revision: 'a', values } } },
    { clusters: [{ ...cluster, istio: { values } }] },
    { clusters: [{ ...cluster, istio: { canary: { revision: 'a', values } } }] },
  ];
  it.each(unknownKeys.flatMap(inEveryPlace))(
    'refuses unknown values only in the format native: %j',
    (part) => {
      const inFormat = (istio: object) => {
        const definition = { meshID: 'mesh1', clusters: [cluster], ...part };
        return { ...definition, istio: { ...('istio' in part ? part.istio : {}), ...istio } };
      };
      expect(matches(inFormat({}))).toBe(false);
      expect(matches(inFormat({ controlPlane: 'native' }))).toBe(false);
      for (const controlPlane of ['istioctl', 'operator', 'helm']) {
        expect(matches(inFormat({ controlPlane })), JSON.stringify(matches.errors)).toBe(true);
      }
    },
  );

  it('permits keys of meshConfig that other versions of Istio have', () => {
    const istio = { values: { meshConfig: { keyOfALaterVersion: 1 } } };
    expect(matches({ meshID: 'mesh1', clusters: [cluster], istio })).toBe(true);
  });
});
