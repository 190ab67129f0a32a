import { z } from 'zod';
import { nearest } from '../../../problems/suggestion';
import { type HelmValues, isMap } from '../../helm-values';
import type { Shape } from './common';

/** Reports a problem of a map: where it is within the map, what was found, and what to write instead. */
type Report = (path: readonly (string | number)[], message: string, hint: string) => void;

/** A condition that the fields of a message must fulfill together. Names of fields are in camel case. */
export type Check = (fields: HelmValues, report: Report, context: Context) => void;

/**
 * A message of Istio's mesh configuration with the keys of an interface. Other keys are permitted unless they look
 * like a misspelling of one of these, because istiod ignores keys that it does not know. Istio also reads
 * accessLogFile as access_log_file, so both get the same checks.
 */
export function messageOf<Values>(shape: Shape<Values>, ...checks: readonly Check[]): z.ZodType<Values> {
  return message(shape as Record<string, z.ZodType>, ...checks) as unknown as z.ZodType<Values>;
}

/** A message of Istio's mesh configuration. */
export function message(
  fields: Readonly<Record<string, z.ZodType>>,
  ...checks: readonly Check[]
): z.ZodType<HelmValues> {
  // null removes a default, as in Helm.
  const optional = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.nullish()]));
  return z
    .object(optional)
    .catchall(z.json())
    .superRefine(
      (map, context) => {
        refuseMisspellings(map as HelmValues, Object.keys(fields), context);
        refuseProtoNames(map as HelmValues, fields, context);
      },
      // Even if the map has other issues, so that all of them are reported at once.
      { when: ({ value }) => isMap(value) },
    )
    .superRefine((map, context) => {
      const entries = Object.entries(map as HelmValues).filter(
        ([, value]) => value !== undefined && value !== null,
      );
      const report = reporter(map as HelmValues, context);
      for (const check of checks) {
        check(Object.fromEntries(entries.map(([key, value]) => [camelCase(key), value])), report, context);
      }
    }) as unknown as z.ZodType<HelmValues>;
}

/** The condition that a message has at most one of some fields: Istio would take the last one. */
export function atMostOneOf(...names: readonly string[]): Check {
  return (fields, report) => {
    const [first, second] = names.filter((name) => Object.hasOwn(fields, name));
    if (second === undefined) return;
    report([second], `${first} and ${second} exclude each other.`, `Remove ${first} or ${second}.`);
  };
}

/** The condition that a message has some fields. */
export function required(...names: readonly string[]): Check {
  return (fields, _, { addIssue }) => {
    for (const missingKey of names.filter((name) => !Object.hasOwn(fields, name))) {
      addIssue({ code: 'custom', params: { missingKey }, input: fields });
    }
  };
}

type Context = z.core.$RefinementCtx;

function refuseMisspellings(map: HelmValues, known: readonly string[], { addIssue }: Context): void {
  const keys = Object.keys(map).filter((key) => {
    const name = camelCase(key);
    const isBeginning = known.some((other) => other.startsWith(name));
    return !known.includes(name) && (isBeginning || nearest(name, known) !== undefined);
  });
  if (keys.length > 0) addIssue({ code: 'unrecognized_keys', keys, input: map });
}

/** The checks of fields that have their name in the proto file, such as access_log_file. */
function refuseProtoNames(
  map: HelmValues,
  fields: Readonly<Record<string, z.ZodType>>,
  { addIssue }: Context,
): void {
  for (const [key, value] of Object.entries(map)) {
    const name = camelCase(key);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (name === key || field === undefined) continue;
    if (Object.hasOwn(map, name)) {
      const message = `Remove ${key} or ${name}.`;
      addIssue({
        code: 'custom',
        path: [key],
        message,
        params: { message: `${key} is also ${name}.` },
        input: map,
      });
    }
    for (const issue of field.safeParse(value, { jitless: true }).error?.issues ?? []) {
      addIssue({ ...issue, path: [key, ...issue.path], input: value } as Parameters<typeof addIssue>[0]);
    }
  }
}

function reporter(map: HelmValues, { addIssue }: Context): Report {
  return ([name, ...rest], message, hint) => {
    const key = Object.keys(map).find((each) => camelCase(each) === name) ?? name;
    const path = key === undefined ? [] : [key, ...rest];
    addIssue({ code: 'custom', path, message: hint, params: { message }, input: map });
  };
}

function camelCase(key: string): string {
  return key.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}
