import type { ControlPlaneInput } from '../input';
import type { Template } from './template';

/** The input of the injection templates. */
export type InjectionInput = Pick<ControlPlaneInput, 'release' | 'values'>;

/** Removes null values, which users set to remove a default. The result is null if no value remains. */
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
