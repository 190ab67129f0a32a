import { z } from 'zod';
import { dnsLabel, dnsSubdomain, matching } from '../schema-types';

/**
 * The names, keys and values that the API server accepts.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

const namePart = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Whether a text is a qualified name, such as the key of a label: a name with an optional prefix. */
function isQualifiedName(key: string): boolean {
  const [first = '', second, ...rest] = key.split('/');
  if (second === undefined) return namePart.test(first);
  return rest.length === 0 && dnsSubdomain.safeParse(first).success && namePart.test(second);
}

const keyHint = 'Write a name of at most 63 characters, with an optional prefix, such as example.com/name.';

/** The key of a label. */
export const labelKey = z.string().refine(isQualifiedName, { error: keyHint });

/** The value of a label, which may be empty. */
export const labelValue = matching(
  /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
  'Write letters, digits, hyphens, underscores and dots, at most 63 of them.',
);

/** Labels by key. */
export const labels = keyed(labelValue, isQualifiedName, keyHint);

/** Annotations by key. Unlike in the key of a label, the prefix may have capital letters. */
export const annotations = keyed(z.string(), (key) => isQualifiedName(key.toLowerCase()), keyHint);

/** Whether a text is the name of an environment variable. Kubernetes accepts more than most shells. */
function isVariableName(name: string): boolean {
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(name);
}

const variableHint = 'Write the name of an environment variable, such as LOG_LEVEL.';

/** The name of an environment variable. */
export const variableName = z.string().refine(isVariableName, { error: variableHint });

/** Environment variables by name. YAML's numbers and booleans are written as their text. */
export const variables = keyed(
  z.union([z.string(), z.number(), z.boolean()], { error: 'Write a string, a number, or true or false.' }),
  isVariableName,
  variableHint,
);

/** The name of an object, or an empty text for none. */
export const optionalObjectName = orEmpty(
  dnsSubdomain,
  'Write lower-case letters, digits, hyphens and dots.',
);

/** The name of a namespace, or an empty text for none. */
export const optionalNamespace = orEmpty(dnsLabel, 'Write lower-case letters, digits and hyphens.');

function orEmpty(name: z.ZodType<string>, hint: string) {
  return z.string().refine((text) => text === '' || name.safeParse(text).success, { error: hint });
}

/** A map whose keys fulfill a condition, each with its own problem. */
export function keyed<Value extends z.ZodType>(
  value: Value,
  isValid: (key: string) => boolean,
  hint: string,
) {
  return z.record(z.string(), value).superRefine((map, { addIssue }) => {
    for (const key of Object.keys(map).filter((each) => !isValid(each))) {
      const message = `${JSON.stringify(key)} is not a key that Kubernetes accepts here.`;
      addIssue({ code: 'custom', path: [key], message: hint, params: { at: 'key', message }, input: map });
    }
  });
}
