import { z } from 'zod';
import type { DefinitionPath } from '../problems/problem';

type Schema = z.core.$ZodType;

/** The keys that a schema allows in the map at a path of a definition. */
export function keysAt(schema: Schema, path: DefinitionPath): string[] {
  let current: Schema | undefined = schema;
  for (const key of path) current = current === undefined ? undefined : partOf(asMap(current), key);
  const map = current === undefined ? undefined : asMap(current);
  return map instanceof z.ZodObject ? Object.keys(map.shape) : [];
}

/** The words that a schema allows at a path of a definition, instead of a map. */
export function wordsAt(schema: Schema, path: DefinitionPath): string[] {
  const [key] = path.slice(-1);
  if (key === undefined) return [];
  let holder: Schema | undefined = schema;
  for (const each of path.slice(0, -1))
    holder = holder === undefined ? undefined : partOf(asMap(holder), each);
  const part = holder === undefined ? undefined : partOf(asMap(holder), key);
  const union = part instanceof z.ZodOptional ? part.unwrap() : part;
  if (!(union instanceof z.ZodUnion)) return [];
  return union.options.flatMap((option) =>
    option instanceof z.ZodLiteral ? [...option.values].map(String) : [],
  );
}

function partOf(schema: Schema, key: string | number): Schema | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? schema.shape[key] : undefined;
}

/** Unwraps an optional or nullable schema, and chooses the map from the members of a union. */
function asMap(schema: Schema): Schema {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return asMap(schema.unwrap());
  if (!(schema instanceof z.ZodUnion)) return schema;
  const members = schema.options.map(asMap);
  return members.find((member) => member instanceof z.ZodObject || member instanceof z.ZodRecord) ?? schema;
}
