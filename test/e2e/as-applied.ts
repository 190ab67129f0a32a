import { canonical, withoutProse } from '../../scripts/compare/objects.mjs';
import type { LiveObject } from './live-objects';

/** What the API server, controllers and istiod fill in, wherever in an object it is. */
const filledIn = new Set([
  ...['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'status'],
  ...['clusterIP', 'clusterIPs', 'nodePort', 'healthCheckNodePort', 'caBundle'],
  ...['kubectl.kubernetes.io/last-applied-configuration', 'kubectl.kubernetes.io/restartedAt'],
  'deployment.kubernetes.io/revision',
]);

/** Live objects in the one form in which those that were applied alike are equal. */
export function asApplied(objects: readonly LiveObject[]): Record<string, unknown> {
  return canonical(withoutProse(objects.map(withoutFilledIn)));
}

function withoutFilledIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFilledIn);
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value).filter(([key]) => !filledIn.has(key));
  return Object.fromEntries(own.map(([key, item]) => [key, withoutFilledIn(item)]));
}
