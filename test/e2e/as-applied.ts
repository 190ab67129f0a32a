import { canonical, withoutProse } from '../../scripts/compare/objects.mjs';
import type { LiveObject } from './live-objects';

/** The fields at any depth that the API server, controllers and istiod set. */
const generatedFields = new Set([
  ...['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'status'],
  ...['clusterIP', 'clusterIPs', 'nodePort', 'healthCheckNodePort', 'caBundle'],
  ...['kubectl.kubernetes.io/last-applied-configuration', 'kubectl.kubernetes.io/restartedAt'],
  'deployment.kubernetes.io/revision',
]);

/** Live objects in a canonical form, equal for objects from the same manifests. */
export function asApplied(objects: readonly LiveObject[]): Record<string, unknown> {
  return canonical(withoutProse(objects.map(withoutGeneratedFields)));
}

function withoutGeneratedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGeneratedFields);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !generatedFields.has(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutGeneratedFields(item)]));
}
