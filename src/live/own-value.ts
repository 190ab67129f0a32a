/**
 * The value of a key in an object that is a map. Every object inherits a `constructor`, which is a valid name of a
 * cluster, a label and a key.
 */
export function ownValue<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}
