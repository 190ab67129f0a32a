import { z } from 'zod';
import { interfacesIn } from './interfaces.mjs';

/**
 * The JSON Schema of a mesh definition, in the draft that YAML editors support best. The descriptions come from
 * the TSDoc of the interfaces. Istio's values are described once, for all keys that hold them. Formats other
 * than `native` pass on any value, so only `native` limits the keys of the values.
 */
export function describedSchema(definitionSchema, valuesSchema, definitionSource) {
  const both = z.object({ definition: definitionSchema, values: valuesSchema });
  const { $schema, properties, definitions } = z.toJSONSchema(both, { target: 'draft-7', io: 'input' });
  const interfaces = interfacesIn(definitionSource);
  describe(properties.definition, 'MeshDefinition', interfaces);
  describe(properties.values, valuesName, interfaces);
  return {
    $schema,
    title: 'Mesh definition of cdk8s-istio-mesh',
    ...properties.definition,
    if: { properties: { istio: { properties: { controlPlane: { const: 'native' } } } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: keysOfValues(properties.definition),
    definitions: {
      ...definitions,
      [valuesName]: lenient(opened(properties.values)),
      [keysName]: withFlatValues(keysOf(properties.values)),
    },
  };
}

const valuesName = 'IstioValues';
const keysName = 'IstioValuesKeys';

/** The schema that limits the keys of Istio's values wherever a definition holds them. */
function keysOfValues(schema) {
  if (isValues(schema)) return { $ref: `#/definitions/${keysName}` };
  if (schema.items !== undefined) return { items: keysOfValues(schema.items) };
  // Of a union, only a map can hold values: for other members, a schema of keys has no effect.
  const entries = Object.entries(mapWithin(schema)?.properties ?? {})
    .map(([key, property]) => [key, keysOfValues(property)])
    .filter(([, keys]) => keys !== true);
  return entries.length === 0 ? true : { properties: Object.fromEntries(entries) };
}

function isValues(schema) {
  return schema.allOf?.[0].$ref === `#/definitions/${valuesName}`;
}

/** The schema that limits the keys of a map and of the maps within it, without types and descriptions. */
function keysOf(schema) {
  const list = [schema, ...(schema.anyOf ?? [])].find(({ items }) => items !== undefined);
  if (list !== undefined) return limitOrTrue({ items: keysOf(list.items) });
  const map = mapWithin(schema);
  if (map === undefined) return true;
  const isClosed = map.additionalProperties === false;
  const entries = Object.entries(map.properties).map(([key, property]) => [key, keysOf(property)]);
  const limited = isClosed ? entries : entries.filter(([, keys]) => keys !== true);
  return limitOrTrue({
    ...(limited.length === 0 ? {} : { properties: Object.fromEntries(limited) }),
    ...(isClosed ? { additionalProperties: false } : {}),
  });
}

/** Keys of istiod's values that stand for something else at the top level, as src/mesh/values/flat-values.ts has them. */
const otherKeys = ['cni', 'hub', 'istiodRemote', 'tag'];

/** Istio's chart istiod has its values at the top level, too, and its defaults below a key of their own. */
function withFlatValues(keys) {
  const flat = Object.entries(keys.properties.pilot.properties).filter(([key]) => !otherKeys.includes(key));
  const properties = { ...Object.fromEntries(flat), _internal_defaults_do_not_set: true, ...keys.properties };
  return { ...keys, properties };
}

/** A schema, or `true` if it limits nothing. */
function limitOrTrue(schema) {
  return Object.values(schema).every((part) => part === true) ? true : schema;
}

function describe(schema, interfaceName, interfaces) {
  for (const [key, property] of Object.entries(schema.properties)) {
    const member = interfaces.get(interfaceName)?.members.get(key);
    if (member === undefined) throw new Error(`${interfaceName}.${key} has no TSDoc.`);
    schema.properties[key] = described(property, member, interfaces);
  }
}

function described(property, member, interfaces) {
  const text = description(member);
  if (member.typeName === valuesName) {
    return { description: text, allOf: [{ $ref: `#/definitions/${valuesName}` }] };
  }
  const map = mapWithin(property);
  if (map !== undefined) describe(map, member.typeName, interfaces);
  const value = defaultValue(property, member);
  return { ...property, description: text, ...(value === undefined ? {} : { default: value }) };
}

/** A schema without limits on the keys of its maps. */
function opened(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(opened);
  const entries = Object.entries(schema).map(([key, value]) => [key, opened(value)]);
  return Object.fromEntries(
    entries.filter(([key, value]) => key !== 'additionalProperties' || value !== false),
  );
}

/** Allows what the program reads as a number or as a text: a number in quotes, and scalars in maps of texts. */
function lenient(schema, within = '') {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((each) => lenient(each, within));
  // What may also be a text has the form of one.
  if (schema.anyOf?.some(({ type: each }) => each === 'string')) return schema;
  const entries = Object.entries(schema).map(([key, value]) => {
    if (key === 'properties') return [key, mapValues(value, (part, name) => lenient(part, within || name))];
    return [key, ['default', 'enum', 'const', 'description'].includes(key) ? value : lenient(value, within)];
  });
  const { type, additionalProperties: texts } = schema;
  const changed = Object.fromEntries(entries);
  const types = [type].flat();
  const number = types.find((each) => each === 'integer' || each === 'number');
  if (number !== undefined && !types.includes('string'))
    return { ...changed, type: [...types, 'string'], pattern: numberPatterns[number] };
  if (within === 'meshConfig' || texts === undefined) return changed;
  if (['string', 'null'].every((word) => texts.anyOf?.some(({ type: each }) => each === word))) {
    // Amounts of resources.
    return { ...changed, additionalProperties: { anyOf: [...texts.anyOf, { type: 'number' }] } };
  }
  if (![texts.type].flat().includes('string')) return changed;
  return { ...changed, additionalProperties: { ...texts, type: ['string', 'number', 'boolean', 'null'] } };
}

const numberPatterns = {
  integer: '^(0|-?[1-9]\\d{0,14})$',
  number: '^-?(0|[1-9]\\d{0,14})(\\.\\d{1,9})?$',
};

function mapValues(map, change) {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function description({ text, defaultText }) {
  return defaultText === undefined ? text : `${text}\n\nDefault: ${defaultText}.`;
}

/** The default as a value, unless it is a description such as "none". */
function defaultValue(schema, { defaultText }) {
  const words = schema.enum ?? schema.anyOf?.map((member) => member.const) ?? [];
  if (words.includes(defaultText)) return defaultText;
  return schema.type === 'integer' && /^\d+$/.test(defaultText) ? Number(defaultText) : undefined;
}

/** The map with known keys of a schema: the schema itself, its items or entries, or a member of its union. */
function mapWithin(schema) {
  const { items, additionalProperties: entry, anyOf = [] } = withoutNull(schema);
  const members = [...anyOf, ...(items?.anyOf ?? []), ...(entry?.anyOf ?? [])];
  return [withoutNull(schema), items, entry, ...members].find(hasKeys);
}

function hasKeys(schema) {
  return Object.keys(schema?.properties ?? {}).length > 0;
}

/** Null unsets a default, and is no type of its own. */
function withoutNull(schema) {
  const members = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return members.length === 1 ? members[0] : schema;
}
