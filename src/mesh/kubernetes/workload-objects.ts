import { z } from 'zod';
import { integer, nonEmptyString } from '../schema-types';
import { apiObject } from './api-object';
import { autoscalerBehavior } from './autoscaler-behavior';
import { labelSelector } from './label-selector';

/**
 * What belongs to a workload: its autoscaler, its disruption budget and how its pods are replaced.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
 */

const count = integer(0, 2_147_483_647);
const intOrString = z.union([count, z.string().regex(/^\d+%?$/)], {
  error: 'Write a whole number, or a percentage such as 25%.',
});

/** The spec of a HorizontalPodAutoscaler of the version v2. */
export function autoscalerSpec() {
  const metricHint =
    'Write it as autoscaling/v2 has it, such as type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } }.';
  const target = apiObject(
    { type: z.enum(['Utilization', 'Value', 'AverageValue'], { error: metricHint }) },
    {
      averageUtilization: integer(1, 2_147_483_647),
      averageValue: z.union([z.string(), z.number()]),
      value: z.union([z.string(), z.number()]),
    },
  );
  const resource = z.strictObject({ name: nonEmptyString, target }, { error: metricHint });
  const other = z.record(z.string(), z.json());
  const metric = apiObject(
    { type: z.enum(['Resource', 'ContainerResource', 'Pods', 'Object', 'External']) },
    {
      resource,
      containerResource: z.strictObject({ name: nonEmptyString, container: nonEmptyString, target }),
      pods: other,
      object: other,
      external: other,
    },
  );
  return apiObject(
    {},
    {
      // It is merged over the one that the autoscaler has.
      scaleTargetRef: apiObject({}, { apiVersion: z.string(), kind: nonEmptyString, name: nonEmptyString }),
      minReplicas: count,
      maxReplicas: count,
      metrics: z.array(metric),
      behavior: autoscalerBehavior(),
    },
  );
}

/** The spec of a PodDisruptionBudget. */
export function disruptionBudgetSpec() {
  return apiObject(
    {},
    {
      minAvailable: intOrString,
      maxUnavailable: intOrString,
      selector: labelSelector,
      unhealthyPodEvictionPolicy: z.enum(['IfHealthyBudget', 'AlwaysAllow']),
    },
  );
}

/** How a Deployment replaces its pods. */
export function deploymentStrategy() {
  return apiObject(
    {},
    {
      type: z.enum(['RollingUpdate', 'Recreate']),
      rollingUpdate: apiObject({}, { maxSurge: intOrString, maxUnavailable: intOrString }),
    },
  );
}
