/** A Kubernetes object as plain data, with the fields of a manifest. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** The fields of an object's metadata in a manifest. */
export interface ObjectMetadata {
  readonly name: string;
  /** Undefined for objects without a namespace. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Fields of a manifest, by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is set. Istio's charts treat empty values, zero and false as not set. */
export function isSet(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A value, or undefined if it is not set. */
export function ifSet<Value>(value: Value | null | undefined): Value | undefined {
  return isSet(value) ? (value as Value) : undefined;
}

/** A map without its undefined entries. */
export function defined<Value>(map: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(map).filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}

/** Whether a value is a map, as in YAML. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a map, sorted by key, so that their order in the definition does not change the output. */
export function sortedEntries<Value>(map: Readonly<Record<string, Value>>): (readonly [string, Value])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A number or a percentage; undefined if there is none. Kubernetes rejects a number in a string. */
export function intOrString(value: number | string | null | undefined): number | string | undefined {
  if (value === null || value === '') return undefined;
  return /^\d+$/.test(String(value)) ? Number(value) : value;
}
