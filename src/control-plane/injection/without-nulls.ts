import type { Template } from './template';

/**
 * Values without those that are null, by which a user takes a default away; null where nothing is left
 * of them.
 */
export function withoutNulls(values: unknown): Template {
  if (typeof values !== 'object' || values === null) return values as Template;
  if (Array.isArray(values)) {
    const items = values.map(withoutNulls).filter((item) => item !== null);
    return items.length > 0 || values.length === 0 ? items : null;
  }
  const entries = Object.entries(values)
    .map(([key, value]) => [key, withoutNulls(value)] as const)
    .filter(([, value]) => value !== null);
  return entries.length > 0 || Object.keys(values).length === 0 ? Object.fromEntries(entries) : null;
}
