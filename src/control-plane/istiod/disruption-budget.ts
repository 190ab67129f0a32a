import type { ControlPlaneInput } from '../control-plane-input';
import { given } from '../given';
import type { KubernetesObject } from '../kubernetes-object';
import { istiodLabels, istiodName, istiodPods, namespaced } from './naming';

/** Keeps an istiod running while nodes are drained. With a single one it would only block the draining. */
export function disruptionBudget(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { global, pilot } = input.values;
  const least = pilot.autoscaleEnabled ? pilot.autoscaleMin : pilot.replicaCount;
  if (!global.defaultPodDisruptionBudget.enabled || least < 2) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: namespaced(istiodName(input), input, istiodLabels(input)),
      spec: {
        ...bound(pilot.pdb),
        unhealthyPodEvictionPolicy: given(pilot.pdb.unhealthyPodEvictionPolicy),
        selector: { matchLabels: istiodPods(input) },
      },
    },
  ];
}

/** The least that must be there is Istio's default; the most that may be missing comes from the user alone. */
function bound({ minAvailable, maxUnavailable }: ControlPlaneInput['values']['pilot']['pdb']) {
  return maxUnavailable === undefined
    ? { minAvailable: given(minAvailable) }
    : { maxUnavailable: given(maxUnavailable) };
}
