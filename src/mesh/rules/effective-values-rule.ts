import { requestsWithinLimits } from './container-resources';
import { forEffectiveValues } from './effective-values';
import { consistentPods, selectedPods } from './pod-parts';
import { minimumWithinMaximum, movableRollout, oneWayOfReplacement } from './scaling-values';
import { consistentService } from './service-values';
import { completeTracer } from './tracer-values';

/** The conditions of Istio's values together, in every format. */
export const effectiveValues = forEffectiveValues(
  requestsWithinLimits,
  minimumWithinMaximum,
  movableRollout,
  oneWayOfReplacement,
  consistentService,
  consistentPods,
  selectedPods,
  completeTracer,
);
