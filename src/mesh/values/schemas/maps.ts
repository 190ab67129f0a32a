import { z } from 'zod';
import { type HelmValue, isMap } from '../../helm-values';
import { nearest } from '../../suggestion';

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

/**
 * A map of an interface's names, all of them optional, and of others that resemble none of these: istiod
 * ignores a name that it does not know without a word.
 */
export function openMapOf<Values>(shape: Shape<Values>): z.ZodType<Values> {
  const known = Object.keys(shape);
  return z
    .object(optional(shape))
    .catchall(z.json())
    .superRefine(
      (map, { addIssue }) => {
        const keys = Object.keys(map).filter((key) => isMisspelt(key, known));
        if (keys.length > 0) addIssue({ code: 'unrecognized_keys', keys, input: map });
      },
      // Beside what else is wrong in the map, so that all of it is told at once.
      { when: ({ value }) => isMap(value as HelmValue) },
    ) as unknown as z.ZodType<Values>;
}

function isMisspelt(key: string, known: readonly string[]): boolean {
  // Istio reads accessLogFile as access_log_file, too.
  const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return !known.includes(name) && nearest(key, known) !== undefined;
}

function optional(shape: object): Record<string, z.ZodOptional> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]: [string, z.ZodType]) => [key, schema.optional()]),
  );
}
