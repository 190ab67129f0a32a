import { z } from 'zod';
import { anyMap, checked } from '../../kubernetes/api-object';
import { amounts, quantity } from '../../kubernetes/quantities';
import { toleration } from '../../kubernetes/scheduling';
import { integer, matching, nonEmptyString } from '../../schema-types';
import {
  ipFamilyNames,
  ipFamilyPolicies,
  type ResourceValues,
  type TargetUtilizationValues,
} from '../kubernetes-values';

export const text = z.string();

/** Text that is not empty. */
export const filledText = nonEmptyString;

export const texts = z.array(text);
export const flag = z.boolean();

/** Text by name, such as labels. */
export const textMap = z.record(z.string(), text);

export { anyMap, checked };

/** The name of an image, or a reference with a registry. */
export const image = matching(
  /^([\w.-]+(:\d+)?(\/[\w.-]+)*(:[\w.-]+)?(@sha256:[0-9a-f]{64})?)?$/,
  'Write the name of an image, such as pilot, or a reference such as registry.example.com/pilot:1.31.0.',
);

/** The tag of an image, or an empty text for none. */
const tagHint = 'Write an image tag, such as 1.31.0-distroless.';
export const imageTag = z.union([matching(/^(\w[\w.-]{0,127})?$/, tagHint), z.number()], {
  error: tagHint,
}) as unknown as z.ZodType<string>;

/** A number of objects. */
export const count = integer(0, 2_147_483_647);
export const port = integer(0, 65_535);

/** A port on which something listens. */
export const servedPort = integer(1, 65_535);

/** A duration in Go's notation, with no more digits than Go can represent. */
export const duration = matching(
  /^(\d{1,5}(\.\d{1,3})?(ns|us|ms|s|m|h)){1,6}$/,
  'Write a duration such as 30m or 1h30m.',
);

/** The named keys of an interface, without its index signature. */
type KnownKey<Key> = string extends Key ? never : number extends Key ? never : Key;

/** A schema for each key of an interface. The compiler reports keys that are missing or unknown. */
export type Shape<Values> = {
  readonly [Key in keyof Values as KnownKey<Key>]-?: z.ZodType<Exclude<Values[Key], undefined>>;
};

/**
 * A map with the keys of an interface, all optional, and no other keys. As in Helm, `null` removes a default, except
 * of values without which Istio's charts cannot be rendered.
 */
export function mapOf<Values>(shape: Shape<Values>): z.ZodType<Values> {
  return z.strictObject(removable(shape)) as unknown as z.ZodType<Values>;
}

/** Makes all keys of a shape optional. */
export function optional<Schemas extends object>(shape: Schemas) {
  const entries = Object.entries(shape).map(([key, schema]: [string, z.ZodType]) => [key, schema.optional()]);
  return Object.fromEntries(entries) as {
    [Key in keyof Schemas]: Schemas[Key] extends z.ZodType ? z.ZodOptional<Schemas[Key]> : never;
  };
}

/** Makes all keys of a shape optional, and lets null remove the default of a key. */
function removable(shape: object): Record<string, z.ZodOptional> {
  return Object.fromEntries(
    Object.entries(shape).map(([key, schema]: [string, z.ZodType]) => [
      key,
      indispensable.has(schema) ? schema.optional() : schema.nullish(),
    ]),
  );
}

const indispensable = new WeakSet<z.core.$ZodType>();

/** A value whose default `null` cannot remove, because Istio's charts read it without a condition. */
export function needed<Value>(schema: z.ZodType<Value>): z.ZodType<Value> {
  const own = schema.clone();
  indispensable.add(own);
  return own;
}

export const tolerations = z.array(toleration);
export const ipFamilies = z
  .array(z.enum(ipFamilyNames))
  .refine((families) => new Set(families).size === families.length, { error: 'Write each family once.' });
export const ipFamilyPolicy = z.enum(ipFamilyPolicies);

const intOrStringHint = 'Write a whole number, or a percentage such as 25%.';
export const intOrString = z.union([count, matching(/^\d+%?$/, intOrStringHint)], {
  error: intOrStringHint,
});

const shareHint = 'Write a whole number, or a percentage from 0% to 100%.';

/** As {@link intOrString}, where more than 100 % makes no sense to Kubernetes. */
export const intOrShare = z.union([count, matching(/^(\d+|0*(\d{1,2}|100)%)$/, shareHint)], {
  error: shareHint,
});

const quantities = amounts(quantity.nullable()).nullable();

export const resources = mapOf<ResourceValues>({ requests: quantities, limits: quantities });

/** For memory, 0 stands for no target. */
export const targetUtilization = mapOf<TargetUtilizationValues>({ targetAverageUtilization: count });

/** The API server refuses a target of 0 percent. */
export const cpuUtilization = mapOf<TargetUtilizationValues>({
  targetAverageUtilization: integer(1, 2_147_483_647),
});
