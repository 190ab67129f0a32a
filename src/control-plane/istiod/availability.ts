import { horizontalPodAutoscaler } from '../../kubernetes/horizontal-pod-autoscaler';
import { openPortsPolicy } from '../../kubernetes/network-policy';
import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import type { SharedInput } from '../input';
import { istiodLabels, istiodName, istiodPods, namespaced, revisionLabel } from './naming';

/** Scales istiod with its load. */
export function autoscaler(input: SharedInput): readonly KubernetesObject[] {
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
          memory: ifSet(memory.targetAverageUtilization),
        },
        behavior: ifSet(autoscaleBehavior),
      },
    ),
  ];
}

/** Keeps one istiod running while nodes are drained. With a single replica, it would only block the draining. */
export function disruptionBudget(input: SharedInput): readonly KubernetesObject[] {
  const { global, pilot } = input.values;
  const least = pilot.autoscaleEnabled ? pilot.autoscaleMin : pilot.replicaCount;
  if (!global.defaultPodDisruptionBudget.enabled || !(least >= 2)) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: namespaced(istiodName(input), input, istiodLabels(input)),
      spec: {
        ...bound(pilot.pdb),
        unhealthyPodEvictionPolicy: ifSet(pilot.pdb.unhealthyPodEvictionPolicy),
        selector: { matchLabels: istiodPods(input) },
      },
    },
  ];
}

/** minAvailable is Istio's default. maxUnavailable, if the user sets it, replaces it. */
function bound({ minAvailable, maxUnavailable }: SharedInput['values']['pilot']['pdb']) {
  return maxUnavailable === undefined
    ? { minAvailable: ifSet(minAvailable) }
    : { maxUnavailable: ifSet(maxUnavailable) };
}

/** Opens only the ports of istiod. Egress is open, because JWKS servers and remote clusters can have any address. */
export function networkPolicy(input: SharedInput): readonly KubernetesObject[] {
  if (!input.values.global.networkPolicy.enabled) return [];
  const groups = [[15017], [15010, 15011, 15012, 8080, 15014]];
  return [
    openPortsPolicy(
      namespaced(istiodName(input), input, istiodLabels(input)),
      { app: 'istiod', ...revisionLabel(input) },
      groups.map((ports) => ports.map((port) => ({ port }))),
    ),
  ];
}
