/** A Kubernetes object as plain data, the way a manifest writes it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

/** The part of an object's metadata that a manifest writes. */
export interface ObjectMetadata {
  readonly name: string;
  /** Undefined for what is not in a namespace. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Whether a value says something: Istio's charts take what is empty, zero or false for not given. */
export function isGiven(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A value, or undefined where it says nothing. */
export function given<Value>(value: Value | null | undefined): Value | undefined {
  return isGiven(value) ? (value as Value) : undefined;
}

/** The entries of a map by their keys, so that the order in which a user wrote them changes no output. */
export function inOrder<Value>(map: Readonly<Record<string, Value>>): (readonly [string, Value])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A number or a percentage; Kubernetes refuses a number that is written as text. */
export function intOrString(value: number | string): number | string {
  return /^\d+$/.test(String(value)) ? Number(value) : value;
}
