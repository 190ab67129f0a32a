import { type DefinitionPath, valueAt } from '../problems/problem';

/** The values of a Helm chart: a map of plain data, whatever the chart. */
export interface HelmValues {
  readonly [key: string]: HelmValue;
}

/** A value of a chart: plain data, as YAML has it. */
export type HelmValue = string | number | boolean | null | HelmValues | readonly HelmValue[];

/**
 * Merges values the way Helm does: maps key by key, anything else replaced by what comes later.
 * The result shares no map with its arguments.
 *
 * @param layers plain data, whether a type names its keys or not
 */
export function mergeValues(...layers: readonly object[]): HelmValues {
  // A map, because a key may be any word, __proto__ too.
  const merged = new Map<string, HelmValue>();
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer as HelmValues)) {
      const below = merged.get(key);
      merged.set(key, isMap(value) ? mergeValues(isMap(below) ? below : {}, value) : value);
    }
  }
  return Object.fromEntries(merged);
}

/** Whether a value is a map of further values. */
export function isMap(value: HelmValue | undefined): value is HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A place of a definition where a user gives Istio's values. */
export interface ValueSource {
  readonly path: DefinitionPath;
  readonly values: HelmValues;
}

/** Every place where what may be a definition, well formed or not, gives Istio's values. */
export function valueSources(definition: unknown): ValueSource[] {
  const clusters = valueAt(definition, ['clusters']);
  const places: DefinitionPath[] = [
    ['istio'],
    ...(Array.isArray(clusters) ? clusters.map((_, index) => ['clusters', index, 'istio']) : []),
  ];
  return places
    .flatMap((place): DefinitionPath[] => [
      [...place, 'values'],
      [...place, 'canary', 'values'],
    ])
    .flatMap((path) => {
      const values = valueAt(definition, path) as HelmValues | undefined;
      return isMap(values) ? [{ path, values }] : [];
    });
}

/** Whether values hold something at a path, be it empty. */
export function hasValue(values: HelmValues, path: readonly string[]): boolean {
  const [key = '', ...rest] = path;
  const value = values[key];
  if (rest.length === 0) return key in values;
  return isMap(value) && hasValue(value, rest);
}
