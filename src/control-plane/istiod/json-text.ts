import { inOrder } from '../in-order';

/** Data as JSON with its keys in order, so that equal data are equal bytes. */
export function jsonText(data: unknown): string {
  return JSON.stringify(sorted(data), undefined, 2);
}

function sorted(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sorted);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(inOrder({ ...data }).map(([key, value]) => [key, sorted(value)]));
}
