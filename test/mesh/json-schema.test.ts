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
import { istioValues } from '../../src/mesh/values/schemas/istio-values';
import { type JsonSchema, valuesOf, withOneChange } from './json-schema-values';

const repository = new URL('../../', import.meta.url);
const schema = describedSchema(definitionSchema, istioValues(), definitionSource) as JsonSchema;
const matches = new Ajv({ strict: true, strictTypes: false }).compile(schema);

/**
 * Whether our own schemas permit a definition, with Istio's values as the native form reads them; undefined
 * where only a rule of our own is against it.
 */
function permitted(definition: unknown): boolean | undefined {
  const sources = valueSources(definition);
  if (sources.flatMap(({ values }) => wrongValues(values)).length > 0) return false;
  const { error } = definitionSchema.safeParse(definition);
  if (error === undefined) return true;
  return error.issues.every(({ code }) => code === 'custom') ? undefined : false;
}

/** What is wrong with values besides keys that other forms than the native one may know. */
function wrongValues(values: unknown) {
  const issues = istioValues().safeParse(values).error?.issues ?? [];
  return issues.filter(({ code }) => code !== 'unrecognized_keys');
}

/** Every key that the schema has, with its path and its own schema. */
function keysIn(
  within: JsonSchema,
  path: readonly string[] = [],
): { path: readonly string[]; key: JsonSchema }[] {
  const maps = [within, within.items, ...(within.anyOf ?? [])];
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
  it.each(keys)('says what $name is for', ({ key }) => {
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

  it('permits nothing but what the program permits', () => {
    fc.assert(
      fc.property(valuesOf(schema, schema.definitions), (definition) => {
        expect(matches(definition), JSON.stringify(matches.errors)).toBe(true);
        expect(permitted(definition)).not.toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with the program about definitions with something wrong in them', () => {
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
    ['a misspelt key', { meshID: 'mesh1', clusters: [cluster], trustdomain: 'example.org' }],
    ['a cluster without a network', { meshID: 'mesh1', clusters: [{ name: 'cluster1' }] }],
    ['a name in upper case', { meshID: 'mesh1', clusters: [{ ...cluster, name: 'Cluster1' }] }],
    ['a mesh ID that is a number', { meshID: 1, clusters: [cluster] }],
    ['an unknown profile', { meshID: 'mesh1', clusters: [cluster], istio: { profile: 'ambient' } }],
    ['values that are a list', { meshID: 'mesh1', clusters: [cluster], istio: { values: [] } }],
    ['a gateway that is neither map nor disabled', gateway('enabled')],
    ['a misspelt key of a gateway', gateway({ replica: 2 })],
    ['half a pod', gateway({ autoscaling: 'disabled', replicas: 1.5 })],
    ['a quantity with a space', gateway({ resources: { requests: { cpu: '100 m' } } })],
    ['a load balancer of no cloud', gateway({ loadBalancer: { scheme: 'internal' } })],
  ])('refuses %s, as the program does', (_, definition) => {
    expect(definitionSchema.safeParse(definition).success).toBe(false);
    expect(matches(definition)).toBe(false);
  });
});
