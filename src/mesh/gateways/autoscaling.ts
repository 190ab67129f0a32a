import { z } from 'zod';
import type { HelmValues } from '../helm-values';
import { checked } from '../kubernetes/api-object';
import { autoscalerBehavior } from '../kubernetes/autoscaler-behavior';
import { integer, matching } from '../schema-types';
import type { Shape } from '../values/schemas/common';

/** The limits of a HorizontalPodAutoscaler. */
export interface AutoscalingDefinition {
  /**
   * The minimum number of pods.
   * @default - 1
   */
  readonly minReplicas?: number;
  /**
   * The maximum number of pods.
   * @default - 5
   */
  readonly maxReplicas?: number;
  /**
   * The target CPU utilization, in percent of the requested CPU.
   * @default - 80
   */
  readonly targetCPUUtilizationPercentage?: number;
  /**
   * The target memory utilization, in percent of the requested memory.
   * @default - none
   */
  readonly targetMemoryUtilizationPercentage?: number | string | Readonly<Record<string, never>>;
  /**
   * How fast pods are added and removed, as `behavior` of a HorizontalPodAutoscaler.
   * @default - that of Kubernetes
   */
  readonly autoscaleBehavior?: HelmValues;
}

const count = integer(0, 2_147_483_647);
const positive = integer(1, 2_147_483_647);

/** A target that is 0 or an empty map stands for none. */
const utilization = z.union([count, matching(/^\d{1,9}$/, ''), z.strictObject({})], {
  error: 'Write a percentage, such as 80.',
}) as z.ZodType<number>;

/** The schemas of the keys of autoscaling. */
export const autoscalingShape: Shape<AutoscalingDefinition> = {
  minReplicas: positive,
  maxReplicas: positive,
  targetCPUUtilizationPercentage: count,
  targetMemoryUtilizationPercentage: utilization,
  autoscaleBehavior: checked(autoscalerBehavior),
};
