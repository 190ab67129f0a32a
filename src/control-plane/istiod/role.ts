import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { boundRole, manage, type PolicyRule, read } from '../../kubernetes/role';
import type { SharedInput } from '../input';
import { clusterWideName, istiodAccount, istiodName, namespaced } from './naming';

/** The permissions of istiod in its own namespace. */
export function role(input: SharedInput): readonly KubernetesObject[] {
  return boundRole(namespaced(istiodName(input), input, { app: 'istiod' }), rules, istiodAccount(input));
}

const rules: readonly PolicyRule[] = [
  // To check its webhook, istiod creates an invalid Gateway as a dry run and expects a rejection.
  { apiGroups: ['networking.istio.io'], resources: ['gateways'], verbs: ['create'] },
  // istiod stores its self-signed CA in a Secret if no CA is plugged in.
  { apiGroups: [''], resources: ['secrets'], verbs: [...read, 'create', 'update', 'delete'] },
  { apiGroups: [''], resources: ['configmaps'], verbs: ['delete'] },
  // Leader election: one replica at a time deploys gateways and writes status.
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'update', 'patch', 'create'] },
];

/** The service account of istiod. */
export function serviceAccount(input: SharedInput): readonly KubernetesObject[] {
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

/** The permissions to deploy proxies for Gateway API resources, unless the values disable that. */
export function gatewayController(input: SharedInput): readonly KubernetesObject[] {
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
