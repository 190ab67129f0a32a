import { z } from 'zod';

/** A string of a certain form; the remedy says what to write instead. */
export function matching(form: RegExp, remedy: string) {
  return z.string().regex(form, { error: remedy });
}

/** A name that can be part of a Kubernetes object's name. */
export const dnsLabel = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'Write lower-case letters, digits and hyphens, at most 63 of them, such as cluster1.',
);

/** The name of a Kubernetes object. */
export const dnsSubdomain = matching(
  /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
  'Write lower-case letters, digits, hyphens and dots, such as mesh-store.',
);

/** A string with something in it. */
export const nonEmptyString = z.string().min(1, { error: 'Write a value, or leave the key out.' });

/** A whole number between two bounds. */
export function integer(least: number, greatest: number) {
  const error = `Write a whole number from ${least} to ${greatest}.`;
  return z.int({ error }).min(least, { error }).max(greatest, { error });
}

/** Keys and values of a map of strings, such as labels. */
export const stringMap = z.record(z.string(), z.string());

/** How to parse with a schema that is used once or twice: compiling it first takes longer than it saves. */
export const parseOptions = { jitless: true };
