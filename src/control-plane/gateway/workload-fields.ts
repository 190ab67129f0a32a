import { type EnvironmentVariable, environmentVariables } from '../../kubernetes/container';
import { ifSet, intOrString } from '../../kubernetes/object';
import type { GatewayPodDefinition } from '../../mesh/gateways/pod-settings';
import { textsOf } from '../../mesh/gateways/texts';

/** The fields of a gateway's pods that its settings have in the form of the Kubernetes API. */
export function podFields(settings: GatewayPodDefinition) {
  return {
    imagePullSecrets: ifSet(
      settings.imagePullSecrets?.map((secret) => (typeof secret === 'string' ? { name: secret } : secret)),
    ),
    initContainers: ifSet(settings.initContainers),
    nodeSelector: ifSet(textsOf(settings.nodeSelector)),
    affinity: ifSet(settings.affinity),
    tolerations: ifSet(settings.tolerations),
    topologySpreadConstraints: ifSet(settings.topologySpreadConstraints),
    dnsPolicy: ifSet(settings.dnsPolicy),
    dnsConfig: ifSet(settings.dnsConfig),
    terminationGracePeriodSeconds: settings.terminationGracePeriodSeconds,
    priorityClassName: ifSet(settings.priorityClassName),
  };
}

/** The fields of the proxy's container that the settings of a gateway have in the form of the Kubernetes API. */
export function containerFields(settings: GatewayPodDefinition) {
  return {
    imagePullPolicy: ifSet(settings.imagePullPolicy),
    readinessProbe: ifSet(settings.readinessProbe),
    lifecycle: ifSet(settings.lifecycle),
  };
}

/** The environment variables in the settings of a gateway. */
export function environmentOf({
  env,
  envVarFrom = [],
}: GatewayPodDefinition): readonly EnvironmentVariable[] {
  return [
    ...environmentVariables(textsOf(env)),
    ...(envVarFrom as unknown as readonly EnvironmentVariable[]),
  ];
}

/** The budget in the settings of a gateway, with numbers as the API server requires them. */
export function budgetOf({ podDisruptionBudget = {} }: GatewayPodDefinition) {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = podDisruptionBudget;
  return {
    minAvailable: intOrString(minAvailable),
    maxUnavailable: intOrString(maxUnavailable),
    unhealthyPodEvictionPolicy: ifSet(unhealthyPodEvictionPolicy),
  };
}
