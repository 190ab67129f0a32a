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
