import { z } from 'zod';
import { nearest } from '../../../problems/suggestion';
import { toleration } from '../../gateway';
import { type HelmValue, type HelmValues, isMap } from '../../helm-values';
import { integer, matching } from '../../schema-types';
import {
  ipFamilyNames,
  ipFamilyPolicies,
  type LabelSelectorValues,
  type ResourceValues,
  type TargetUtilizationValues,
} from '../kubernetes-values';

export const text = z.string();
export const texts = z.array(text);
export const flag = z.boolean();

/** Text by name, such as labels. */
export const textMap = z.record(z.string(), text);

/** A map that Kubernetes or Istio validates. */
export const anyMap: z.ZodType<HelmValues> = z.record(z.string(), z.json());
export const anyMaps = z.array(anyMap);

/** A number of objects. */
export const count = integer(0, 2_147_483_647);
export const port = integer(0, 65_535);

/** Environment variables by name; YAML's numbers and booleans are written as their text. */
export const variables = z.record(
  z.string(),
  z.union([text, z.number(), flag], { error: 'Write a string, a number, or true or false.' }),
);

/** A duration in Go's notation, with no more digits than Go can represent. */
export const duration = matching(
  /^(\d{1,5}(\.\d{1,3})?(ns|us|ms|s|m|h)){1,6}$/,
  'Write a duration such as 30m or 1h30m.',
);

/** The named keys of an interface, without its index signature. */
type KnownKey<Key> = string extends Key ? never : number extends Key ? never : Key;

/** A schema for each key of an interface. The compiler reports keys that are missing or unknown. */
type Shape<Values> = {
  readonly [Key in keyof Values as KnownKey<Key>]-?: z.ZodType<Exclude<Values[Key], undefined>>;
};

/** A map with the keys of an interface, all optional, and no other keys. */
export function mapOf<Values>(shape: Shape<Values>): z.ZodType<Values> {
  return z.strictObject(optional(shape)) as unknown as z.ZodType<Values>;
}

/**
 * A map with the keys of an interface, all optional, and other keys unless they look like a misspelling of one
 * of these. istiod silently ignores unknown keys.
 */
export function openMapOf<Values>(shape: Shape<Values>): z.ZodType<Values> {
  const known = Object.keys(shape);
  return z
    .object(optional(shape))
    .catchall(z.json())
    .superRefine(
      (map, { addIssue }) => {
        const keys = Object.keys(map).filter((key) => isMisspelling(key, known));
        if (keys.length > 0) addIssue({ code: 'unrecognized_keys', keys, input: map });
      },
      // Even if the map has other issues, so that all of them are reported at once.
      { when: ({ value }) => isMap(value as HelmValue) },
    ) as unknown as z.ZodType<Values>;
}

function isMisspelling(key: string, known: readonly string[]): boolean {
  // Istio also reads accessLogFile as access_log_file.
  const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return !known.includes(name) && nearest(key, known) !== undefined;
}

function optional(shape: object): Record<string, z.ZodOptional> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]: [string, z.ZodType]) => [key, schema.optional()]),
  );
}

export const tolerations = z.array(toleration);
export const ipFamilies = z.array(z.enum(ipFamilyNames));
export const ipFamilyPolicy = z.enum(ipFamilyPolicies);

const intOrStringHint = 'Write a whole number, or a percentage such as 25%.';
export const intOrString = z.union([count, matching(/^\d+%?$/, intOrStringHint)], {
  error: intOrStringHint,
});

const quantities = z.record(z.string(), z.string().nullable()).nullable();

export const resources = mapOf<ResourceValues>({ requests: quantities, limits: quantities });

export const targetUtilization = mapOf<TargetUtilizationValues>({ targetAverageUtilization: count });

export const labelSelectors = z.array(
  mapOf<LabelSelectorValues>({ matchLabels: textMap, matchExpressions: anyMaps }),
);
