import { boundRole, type PolicyRule, read } from '../bound-role';
import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { istiodAccount, istiodName, namespaced } from './naming';

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
