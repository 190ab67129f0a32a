/** Whether a value says something: Istio's charts take what is empty, zero or false for not given. */
export function isGiven(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A value, or undefined where it says nothing. */
export function given<Value>(value: Value | null | undefined): Value | undefined {
  return isGiven(value) ? (value as Value) : undefined;
}
