import { type DefinitionPath, valueAt } from '../problems/problem';

/** The values of any Helm chart. */
export interface HelmValues {
  readonly [key: string]: HelmValue;
}

/** A value of a Helm chart: any plain data that YAML can express. */
export type HelmValue = string | number | boolean | null | HelmValues | readonly HelmValue[];

/**
 * Merges values as Helm does: maps are merged key by key, and later values replace earlier ones. The result
 * shares no map with the arguments.
 *
 * @param layers plain data, with or without a type that names its keys
 */
export function mergeValues(...layers: readonly object[]): HelmValues {
  // An object would treat the key __proto__ in a special way.
  const merged = new Map<string, HelmValue>();
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer as HelmValues)) {
      const below = merged.get(key);
      merged.set(key, isMap(value) ? mergeValues(isMap(below) ? below : {}, value) : value);
    }
  }
  return Object.fromEntries(merged);
}

/** Whether a value is a map. */
export function isMap(value: unknown): value is HelmValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Istio's values at a path of a definition. */
export interface ValueSource {
  readonly path: DefinitionPath;
  readonly values: HelmValues;
}

/** All of Istio's values in a definition, which may not be valid. */
export function valueSources(definition: unknown): ValueSource[] {
  return istioHolders(definition).flatMap((holder) => {
    const path = [...holder, 'values'];
    const values = valueAt(definition, path);
    return isMap(values) ? [{ path, values }] : [];
  });
}

/** The paths of the maps with settings of control planes in a definition, which may not be valid. */
export function istioHolders(definition: unknown): DefinitionPath[] {
  const clusters = valueAt(definition, ['clusters']);
  const first: DefinitionPath[] = [
    ['istio'],
    ...(Array.isArray(clusters) ? clusters.map((_, index) => ['clusters', index, 'istio']) : []),
  ];
  return first
    .flatMap((holder) => [holder, [...holder, 'canary']])
    .filter((path) => isMap(valueAt(definition, path)));
}

/** Whether values have a key at a path, even if its value is empty. */
export function hasValue(values: HelmValues, path: readonly string[]): boolean {
  const [key = '', ...rest] = path;
  if (!Object.hasOwn(values, key)) return false;
  const value = values[key];
  return rest.length === 0 || (isMap(value) && hasValue(value, rest));
}
