import { z } from 'zod';

/** The names of an interface, without those that its index signature allows beyond. */
type KnownKey<Key> = string extends Key ? never : number extends Key ? never : Key;

/** A schema for each name of an interface: one that is forgotten or invented does not compile. */
type Shape<Values> = {
  readonly [Key in keyof Values as KnownKey<Key>]-?: z.ZodType<Exclude<Values[Key], undefined>>;
};

/** A map of an interface's names, all of them optional, and of no others. */
export function mapOf<Values>(shape: Shape<Values>): z.ZodType<Values> {
  return z.strictObject(optional(shape)) as unknown as z.ZodType<Values>;
}

/** A map of an interface's names, all of them optional, and of whatever else there is. */
export function openMapOf<Values>(shape: Shape<Values>): z.ZodType<Values> {
  return z.object(optional(shape)).catchall(z.json()) as unknown as z.ZodType<Values>;
}

function optional(shape: object): Record<string, z.ZodOptional> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]: [string, z.ZodType]) => [key, schema.optional()]),
  );
}
