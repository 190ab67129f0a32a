import type { KubernetesObject, ObjectMetadata } from '../kubernetes/object';
import type { PolicyRule } from '../kubernetes/role';

/** What CNI and ztunnel need on OpenShift, whose nodes otherwise run no pods with their rights. */
export const privilegedOnOpenShift: PolicyRule = {
  apiGroups: ['security.openshift.io'],
  resources: ['securitycontextconstraints'],
  resourceNames: ['privileged'],
  verbs: ['use'],
};

/** GKE admits pods with this priority class outside of kube-system only within a quota. */
export function criticalPodsQuota(
  metadata: ObjectMetadata,
  { enabled, pods }: { readonly enabled: boolean; readonly pods: number },
): readonly KubernetesObject[] {
  if (!enabled) return [];
  const priorityClass = { operator: 'In', scopeName: 'PriorityClass', values: ['system-node-critical'] };
  return [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { hard: { pods: String(pods) }, scopeSelector: { matchExpressions: [priorityClass] } },
    },
  ];
}
