import { z } from 'zod';
import { interfacesIn } from './interfaces.mjs';

/**
 * The JSON Schema of a mesh definition, in the draft that editors of YAML know best. What a key is for is
 * said once, in the TSDoc of the definition's interfaces, and taken from there. Istio's values are described
 * once, too, for all the places that have them; values that are not known are left to the program, because
 * some forms of the control plane pass them on.
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
    definitions: { ...definitions, [valuesName]: opened(properties.values) },
  };
}

const valuesName = 'IstioValues';

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

/** A schema of which every map may have other keys, too. */
function opened(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(opened);
  const entries = Object.entries(schema).map(([key, value]) => [key, opened(value)]);
  return Object.fromEntries(
    entries.filter(([key, value]) => key !== 'additionalProperties' || value !== false),
  );
}

function description({ text, defaultText }) {
  return defaultText === undefined ? text : `${text}\n\nDefault: ${defaultText}.`;
}

/** The default as a value, where its words are one; others, such as "none", only tell people. */
function defaultValue(schema, { defaultText }) {
  const words = schema.enum ?? schema.anyOf?.map((member) => member.const) ?? [];
  if (words.includes(defaultText)) return defaultText;
  return schema.type === 'integer' && /^\d+$/.test(defaultText) ? Number(defaultText) : undefined;
}

/** The map of known keys that a value is, holds, or may be. */
function mapWithin(schema) {
  return [schema, schema.items, ...(schema.anyOf ?? [])].find((part) => part?.properties !== undefined);
}
