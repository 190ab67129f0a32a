import { boundRole, manage } from '../bound-role';
import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { clusterWideName, istiodAccount } from './naming';

/** What istiod may do to deploy proxies for Gateways of the Gateway API, unless it is told not to. */
export function gatewayController(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: enabled } = input.values.pilot.env;
  if (String(enabled) === 'false') return [];
  const metadata = { name: clusterWideName('istiod-gateway-controller', input), labels: { app: 'istiod' } };
  const rules = [
    { apiGroups: ['apps'], resources: ['deployments'], verbs: manage },
    { apiGroups: ['autoscaling'], resources: ['horizontalpodautoscalers'], verbs: manage },
    { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: manage },
    { apiGroups: [''], resources: ['services'], verbs: manage },
    { apiGroups: [''], resources: ['serviceaccounts'], verbs: manage },
  ];
  return boundRole(metadata, rules, istiodAccount(input));
}
