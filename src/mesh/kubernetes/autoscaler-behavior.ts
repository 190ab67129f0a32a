import { z } from 'zod';
import { integer } from '../schema-types';
import { apiObject } from './api-object';
import { quantity } from './quantities';

/**
 * How fast a HorizontalPodAutoscaler adds and removes pods.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
 */
export function autoscalerBehavior() {
  const policy = z.strictObject({
    type: z.enum(['Pods', 'Percent']),
    value: integer(1, 2_147_483_647),
    periodSeconds: integer(1, 1800),
  });
  const rules = apiObject(
    {},
    {
      policies: z.array(policy).min(1, { error: 'Write at least one policy, or remove the key.' }),
      selectPolicy: z.enum(['Max', 'Min', 'Disabled']),
      stabilizationWindowSeconds: integer(0, 3600),
      tolerance: z.union([quantity, z.number().min(0)]),
    },
  );
  return apiObject({}, { scaleUp: rules, scaleDown: rules });
}
