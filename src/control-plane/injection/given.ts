/** Whether a value counts as given where Istio asks for it: not when it is null, false, 0 or empty. */
export function isGiven(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/** A map of values, or undefined where there is nothing in it. */
export function given<Value extends object>(value: Value | null | undefined): Value | undefined {
  return isGiven(value) ? (value as Value) : undefined;
}
