import { z } from 'zod';
import { interfacesIn } from './interfaces.mjs';

/**
 * The JSON Schema of a mesh definition, in the draft that editors of YAML know best. What a key is for is
 * said once, in the TSDoc of the definition's interfaces, and taken from there.
 */
export function describedSchema(definitionSchema, definitionSource) {
  const { $schema, ...schema } = z.toJSONSchema(definitionSchema, { target: 'draft-7', io: 'input' });
  describe(schema, 'MeshDefinition', interfacesIn(definitionSource));
  return { $schema, title: 'Mesh definition of cdk8s-istio-mesh', ...schema };
}

function describe(schema, interfaceName, interfaces) {
  for (const [key, property] of Object.entries(schema.properties)) {
    const member = interfaces.get(interfaceName)?.get(key);
    if (member === undefined) throw new Error(`${interfaceName}.${key} has no TSDoc.`);
    property.description = description(member);
    const value = defaultValue(property, member);
    if (value !== undefined) property.default = value;
    const map = mapWithin(property);
    if (map !== undefined) describe(map, member.typeName, interfaces);
  }
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
