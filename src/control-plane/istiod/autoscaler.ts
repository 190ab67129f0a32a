import type { ControlPlaneInput } from '../control-plane-input';
import { given } from '../given';
import { horizontalPodAutoscaler } from '../horizontal-pod-autoscaler';
import type { KubernetesObject } from '../kubernetes-object';
import { istiodName, namespaced, revisionLabel } from './naming';

/** Adds istiods as the load grows. */
export function autoscaler(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { autoscaleEnabled, autoscaleMin, autoscaleMax, autoscaleBehavior, cpu, memory } = input.values.pilot;
  if (!autoscaleEnabled || !autoscaleMin || !autoscaleMax) return [];
  return [
    horizontalPodAutoscaler(
      namespaced(istiodName(input), input, { app: 'istiod', ...revisionLabel(input) }),
      {
        minReplicas: autoscaleMin,
        maxReplicas: autoscaleMax,
        utilization: {
          cpu: cpu.targetAverageUtilization,
          memory: given(memory.targetAverageUtilization),
        },
        behavior: given(autoscaleBehavior),
      },
    ),
  ];
}
