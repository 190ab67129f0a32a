import { z } from 'zod';
import type { HelmValues } from '../helm-values';
import { parseOptions } from '../schema-types';

/** A map that Kubernetes or Istio validates. */
export const anyMap: z.ZodType<HelmValues> = z.record(z.string(), z.json());

/**
 * A map that an inner schema validates. The inner schema is made when a definition first has such a map, and is no
 * part of the JSON Schema.
 */
export function checked(inner: () => z.ZodType): z.ZodType<HelmValues> {
  let schema: z.ZodType | undefined;
  const made = () => {
    schema ??= inner();
    return schema;
  };
  const map = anyMap.superRefine((value, { addIssue }) => {
    const { error } = made().safeParse(value, parseOptions);
    if (error === undefined) return;
    addIssue({ code: 'custom', params: { issues: error.issues, schema: made() }, input: value });
  });
  innerSchemas.set(map, made);
  return map;
}

const innerSchemas = new WeakMap<z.core.$ZodType, () => z.ZodType>();

/** The inner schema of a map that {@link checked} made, or undefined for any other schema. */
export function innerSchema(schema: z.core.$ZodType): z.ZodType | undefined {
  return innerSchemas.get(schema)?.();
}

type Fields = Readonly<Record<string, z.ZodType>>;

/**
 * A map with the fields of a type of the Kubernetes API. For the API server, `null` in an optional field is the
 * same as no field.
 */
export function apiObject<Required extends Fields>(required: Required, optional: Fields) {
  const nullable = Object.entries(optional).map(([name, schema]) => [name, schema.nullish()]);
  return z.strictObject({ ...required, ...(Object.fromEntries(nullable) as Record<string, z.ZodOptional>) });
}

/** A map with exactly one of some fields. */
export function oneFieldOf(required: Fields, choices: Fields, kind: string) {
  return fieldsOf(required, choices, { kind, least: 1 });
}

/** A map with at most one of some fields. */
export function oneFieldOrNoneOf(required: Fields, choices: Fields, kind: string) {
  return fieldsOf(required, choices, { kind, least: 0 });
}

function fieldsOf(required: Fields, choices: Fields, { kind, least }: { kind: string; least: 0 | 1 }) {
  const names = Object.keys(choices);
  return apiObject(required, choices).superRefine(
    (value: Readonly<Record<string, unknown>>, { addIssue, issues }) => {
      const given = names.filter((name) => value[name] !== undefined && value[name] !== null);
      // An unknown key is a problem of its own, and most likely the misspelled source.
      if (given.length === 1 || given.length === least || issues.length > 0) return;
      const message = `${kind} needs one source, but this one has ${given.length === 0 ? 'none' : given.join(' and ')}.`;
      const examples = names.slice(0, 4).join(', ');
      const hint =
        given.length === 0 ? `Add one of ${examples}.` : `Leave only one of ${given.join(' and ')}.`;
      addIssue({ code: 'custom', message: hint, params: { message }, input: value });
    },
  );
}

/** A list whose entries differ in a key, such as their name. */
export function distinctBy<Entry extends z.ZodType>(entry: Entry, field: string) {
  return z.array(entry).superRefine((entries, { addIssue }) => {
    const keys = entries.map((each) => (each as Readonly<Record<string, unknown>>)[field]);
    keys.forEach((key, index) => {
      if (key === undefined || key === null || keys.indexOf(key) === index) return;
      const message = `Two entries have the ${field} ${JSON.stringify(key)}.`;
      const hint = `Write another ${field}, or remove one of the two.`;
      addIssue({ code: 'custom', path: [index, field], message: hint, params: { message }, input: entries });
    });
  });
}
