import { z } from 'zod';
import { sortedEntries } from '../../kubernetes/object';
import { parseOptions } from '../schema-types';

/**
 * Text by name, such as labels. YAML's numbers and booleans count as their text, as in Istio's charts, and null
 * removes a default.
 */
export type TextsDefinition = Readonly<Record<string, string | number | boolean | null>>;

/** Text by name. */
export type Texts = Readonly<Record<string, string>>;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'Write a string, a number, or true or false.',
});

/** Texts by name, which a schema of strings validates. */
export function texts(strings: z.ZodType): z.ZodType<TextsDefinition> {
  return z.record(z.string(), scalar).superRefine((given, { addIssue, issues }) => {
    if (issues.length > 0) return;
    const { error } = strings.safeParse(textsOf(given), parseOptions);
    if (error === undefined) return;
    addIssue({ code: 'custom', params: { issues: error.issues, schema: strings }, input: given });
  });
}

/** The text of each value, without those that are null. */
export function textsOf(given: TextsDefinition | null | undefined): Texts {
  const entries = sortedEntries(given ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, chartText(value as string | number)]));
}

/**
 * The text of a value in Helm's templates, which are in Go. From seven digits on, Go writes a number with an exponent:
 * 1e+06 for 1000000. That is what runs in the clusters of those who write such a number.
 */
function chartText(value: string | number | boolean): string {
  if (typeof value !== 'number') return String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
