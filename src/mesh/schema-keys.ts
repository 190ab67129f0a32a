import { z } from 'zod';
import type { DefinitionPath } from './problem';

/** The keys that a schema allows in the map at a path of a definition. */
export function keysAt(schema: z.core.$ZodType, path: DefinitionPath): string[] {
  let at: z.core.$ZodType | undefined = schema;
  for (const key of path) at = at === undefined ? undefined : within(asMap(at), key);
  const map = at === undefined ? undefined : asMap(at);
  return map instanceof z.ZodObject ? Object.keys(map.shape) : [];
}

function within(schema: z.core.$ZodType, key: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodObject ? schema.shape[key] : undefined;
}

/** Looks through what is optional, and at the map among the members of a union. */
function asMap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional) return asMap(schema.unwrap());
  if (!(schema instanceof z.ZodUnion)) return schema;
  return schema.options.map(asMap).find((member) => member instanceof z.ZodObject) ?? schema;
}
