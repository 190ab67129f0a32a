import type { V1LabelSelector } from '@kubernetes/client-node';
import { ownValue } from './own-value';

/** Whether labels are among others, as the selectors of Services and of Istio's resources require. */
export function hasLabels(
  labels: Readonly<Record<string, string>> | undefined,
  required: Readonly<Record<string, string>> | undefined,
): boolean {
  return Object.entries(required ?? {}).every(([key, value]) => ownValue(labels, key) === value);
}

/** Whether a label selector of Kubernetes matches labels. An empty selector matches all. */
export function matchesLabels(
  selector: V1LabelSelector | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  const { matchLabels, matchExpressions = [] } = selector ?? {};
  return (
    hasLabels(labels, matchLabels) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = ownValue(labels, key);
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
