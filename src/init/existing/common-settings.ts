import { isDeepStrictEqual } from 'node:util';
import { type HelmValues, isMap } from '../../mesh/helm-values';

/** Maps, divided into what all of them have and what is left of each. */
export interface Divided {
  readonly common: HelmValues;
  readonly own: readonly HelmValues[];
}

/**
 * Divides maps into what they agree on and what differs. Merging the common part with that of a map is the map again:
 * maps are divided key by key, and all else as a whole.
 */
export function divide(maps: readonly HelmValues[]): Divided {
  const [first = {}, ...others] = maps;
  const common: [string, HelmValues[string]][] = [];
  const own: [string, HelmValues[string]][][] = maps.map(() => []);
  const keys = [...new Set(maps.flatMap((map) => Object.keys(map)))];
  for (const key of keys) {
    const values = maps.map((map) => map[key]);
    if (key in first && others.every((map) => key in map && isDeepStrictEqual(map[key], first[key]))) {
      common.push([key, first[key] as HelmValues[string]]);
    } else if (values.every(isMap)) {
      const inner = divide(values as HelmValues[]);
      if (Object.keys(inner.common).length > 0) common.push([key, inner.common]);
      for (const [index, rest] of inner.own.entries()) {
        // An empty map is a value, too, where no common part stands for it.
        if (Object.keys(rest).length > 0 || Object.keys(inner.common).length === 0)
          own[index]?.push([key, rest]);
      }
    } else {
      for (const [index, value] of values.entries()) if (value !== undefined) own[index]?.push([key, value]);
    }
  }
  return { common: Object.fromEntries(common), own: own.map((entries) => Object.fromEntries(entries)) };
}
