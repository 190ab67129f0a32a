import { type HelmValues, isMap } from './helm-values';
import { type DefinitionPath, valueAt } from './problem';

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
      [...place, 'alongside', 'values'],
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
