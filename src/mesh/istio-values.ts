/**
 * Istio's own Helm values, under Istio's own names: `pilot.env`, `global.proxy`, `meshConfig`, …
 *
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export interface IstioValues {
  readonly [key: string]: IstioValue;
}

/** A value of a chart: plain data, as YAML has it. */
export type IstioValue = string | number | boolean | null | IstioValues | readonly IstioValue[];

/**
 * Merges values the way Helm does: maps key by key, anything else replaced by what comes later.
 * The result shares no map with its arguments.
 */
export function mergeValues(...layers: readonly IstioValues[]): IstioValues {
  const merged: Record<string, IstioValue> = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      const below = merged[key];
      merged[key] = isMap(value) ? mergeValues(isMap(below) ? below : {}, value) : value;
    }
  }
  return merged;
}

/** Whether a value is a map of further values. */
export function isMap(value: IstioValue | undefined): value is IstioValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
