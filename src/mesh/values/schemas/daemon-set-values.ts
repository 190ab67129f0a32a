import { z } from 'zod';
import { apiObject } from '../../kubernetes/api-object';
import {
  type DaemonSetUpdateStrategyValues,
  daemonSetUpdateStrategies,
  type ResourceQuotaValues,
} from '../cni-values';
import { checked, count, flag, intOrShare, mapOf } from './common';

/** How the pods of a DaemonSet are replaced. */
export function updateStrategyValues() {
  return mapOf<DaemonSetUpdateStrategyValues>({
    type: z.enum(daemonSetUpdateStrategies),
    rollingUpdate: checked(() =>
      apiObject({}, { maxUnavailable: intOrShare, maxSurge: intOrShare }),
    ).nullable(),
  });
}

/** A quota of pods. */
export function resourceQuotaValues() {
  return mapOf<ResourceQuotaValues>({ enabled: flag, pods: count });
}
