import { z } from 'zod';

/** A string that matches a pattern; the hint says what to write instead. */
export function matching(pattern: RegExp, hint: string) {
  return z.string().regex(pattern, { error: hint });
}

/** A DNS label, which can be part of the name of a Kubernetes object. */
export const dnsLabel = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'Write lower-case letters, digits and hyphens, at most 63 of them, such as cluster1.',
);

/** The name of a Service, which begins with a letter. */
export const serviceName = matching(
  /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'Write lower-case letters, digits and hyphens, at most 63 of them, the first one a letter.',
);

/** A revision. It is part of the name of a Service, istiod-<revision>, which has at most 63 characters. */
export const revision = matching(
  /^[a-z0-9]([-a-z0-9]{0,54}[a-z0-9])?$/,
  'Write lower-case letters, digits and hyphens, at most 56 of them, such as 1-31-0.',
);

/** A DNS subdomain, which can be the name of a Kubernetes object. */
export const dnsSubdomain = matching(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  'Write lower-case letters, digits, hyphens and dots, such as mesh-store.',
).refine((name) => name.length <= 253, { error: 'Write a name of at most 253 characters.' });

const trustDomainHint = 'Write lower-case letters, digits, hyphens and dots, such as cluster.local.';

/** A SPIFFE trust domain that istiod accepts. */
export const trustDomain = matching(
  /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/,
  trustDomainHint,
).refine((domain) => domain.length <= 253, { error: trustDomainHint });

/** One of some words. For other names of the same thing, the hint is the word. */
export function wordOf<const Words extends readonly string[]>(
  words: Words,
  aliases: Readonly<Record<string, Words[number]>>,
) {
  const meanings = new Map(Object.entries(aliases));
  return z.enum(words, {
    error: ({ input }) => {
      const meaning = typeof input === 'string' ? meanings.get(input.toLowerCase()) : undefined;
      return meaning === undefined ? undefined : `Write ${meaning}.`;
    },
  });
}

/** A string that is not empty. */
export const nonEmptyString = z.string().min(1, { error: 'Write a value, or remove the key.' });

/** A whole number from a minimum to a maximum. */
export function integer(minimum: number, maximum: number) {
  const error = `Write a whole number from ${minimum} to ${maximum}.`;
  return z.int({ error }).min(minimum, { error }).max(maximum, { error });
}

/** A map of strings, such as labels. */
export const stringMap = z.record(z.string(), z.string());

/** For schemas that are used once or twice: compiling them first would take longer than it saves. */
export const parseOptions = { jitless: true };
