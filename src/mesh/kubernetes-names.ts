import { z } from 'zod';
import { matching } from './schema-types';

/**
 * The keys and values of labels that the API server accepts.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */

const namePart = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether a text is the key of a label: a name with an optional prefix. */
function isQualifiedName(key: string): boolean {
  const [first = '', second, ...rest] = key.split('/');
  if (second === undefined) return namePart.test(first);
  return rest.length === 0 && subdomain.test(first) && first.length <= 253 && namePart.test(second);
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

/** A map whose keys fulfill a condition, each with its own problem. */
function keyed<Value extends z.ZodType>(value: Value, isValid: (key: string) => boolean, hint: string) {
  return z.record(z.string(), value).superRefine((map, { addIssue }) => {
    for (const key of Object.keys(map).filter((each) => !isValid(each))) {
      const message = `${JSON.stringify(key)} is not a key that Kubernetes accepts here.`;
      addIssue({ code: 'custom', path: [key], message: hint, params: { at: 'key', message }, input: map });
    }
  });
}
