import { z } from 'zod';
import type { HelmValues } from '../../helm-values';
import { integer, matching } from '../../schema-types';

export const text = z.string();
export const texts = z.array(text);
export const flag = z.boolean();

/** Text by name, such as labels. */
export const textMap = z.record(z.string(), text);

/** A map that Kubernetes or Istio themselves check. */
export const anyMap: z.ZodType<HelmValues> = z.record(z.string(), z.json());
export const anyMaps = z.array(anyMap);

/** How many there are of something. */
export const count = integer(0, 2_147_483_647);
export const port = integer(0, 65_535);

/** Environment variables by name; YAML's numbers and booleans are written as their text. */
export const variables = z.record(
  z.string(),
  z.union([text, z.number(), flag], { error: 'Write a string, a number, or true or false.' }),
);

/** A duration as Go writes it, of no more digits than Go can hold. */
export const duration = matching(
  /^(\d{1,5}(\.\d{1,3})?(ns|us|ms|s|m|h)){1,6}$/,
  'Write a duration such as 30m or 1h30m.',
);
