import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { boundRole, manage, type PolicyRule, read } from '../../kubernetes/role';
import type { ControlPlaneInput } from '../input';
import { clusterWideName, istiodAccount, istiodName, namespaced } from './naming';

/** What istiod may do in its own namespace. */
export function role(input: ControlPlaneInput): readonly KubernetesObject[] {
  return boundRole(namespaced(istiodName(input), input, { app: 'istiod' }), rules, istiodAccount(input));
}

const rules: readonly PolicyRule[] = [
  // istiod sends itself a Gateway that is invalid, as a dry run, to see whether its webhook refuses it.
  { apiGroups: ['networking.istio.io'], resources: ['gateways'], verbs: ['create'] },
  // Its CA, where none is plugged in.
  { apiGroups: [''], resources: ['secrets'], verbs: [...read, 'create', 'update', 'delete'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['delete'] },
  // One replica at a time deploys gateways and writes status.
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'update', 'patch', 'create'] },
];

/** The account that istiod runs as. */
export function serviceAccount(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { global, pilot } = input.values;
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: {
        ...namespaced(istiodName(input), input, { app: 'istiod' }),
        annotations: ifSet(pilot.serviceAccountAnnotations),
      },
      imagePullSecrets: ifSet(global.imagePullSecrets.map((name) => ({ name }))),
    },
  ];
}

/** The permissions to deploy proxies for Gateways of the Gateway API, unless that is disabled. */
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
