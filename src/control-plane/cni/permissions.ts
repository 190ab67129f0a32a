import type { KubernetesObject } from '../../kubernetes/object';
import { type PolicyRule, read } from '../../kubernetes/role';
import { agentDaemonSet, agentLabels, agentName } from './naming';
import type { NodeAgentInput } from './node-agent-values';

/** What the node agent may do in the cluster. */
export function permissions(input: NodeAgentInput): readonly KubernetesObject[] {
  const { ambient, repair } = input.values;
  const repairBinding = { name: `${agentName}-repair-rolebinding`, labels: repairLabels(input) };
  const ambientBinding = { name: `${agentName}-ambient`, labels: repairLabels(input) };
  return [
    ...boundRole(agentName, input, reading(input), { name: agentName, labels: agentLabels(input) }),
    ...(repair.enabled ? boundRole(`${agentName}-repair-role`, input, repairing(input), repairBinding) : []),
    ...(ambient.enabled ? boundRole(`${agentName}-ambient`, input, ambientRules, ambientBinding) : []),
  ];
}

/** A role, and its binding, whose name differs. */
function boundRole(
  name: string,
  input: NodeAgentInput,
  rules: readonly PolicyRule[],
  binding: KubernetesObject['metadata'],
): readonly KubernetesObject[] {
  return [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name, labels: agentLabels(input) },
      rules,
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: binding,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: agentName, namespace: input.namespace }],
    },
  ];
}

function repairLabels({ revision }: NodeAgentInput): Record<string, string> {
  return { 'k8s-app': `${agentName}-repair`, 'istio.io/rev': revision };
}

function reading({ values }: NodeAgentInput): readonly PolicyRule[] {
  const platform = values.platform || values.global.platform;
  const privileged: PolicyRule = {
    apiGroups: ['security.openshift.io'],
    resources: ['securitycontextconstraints'],
    resourceNames: ['privileged'],
    verbs: ['use'],
  };
  return [
    { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: read },
    ...(platform === 'openshift' ? [privileged] : []),
  ];
}

/** What the first of the three modes that is enabled requires. To repair a running pod requires none. */
function repairing({ values: { repair } }: NodeAgentInput): readonly PolicyRule[] {
  const core = (resource: string, ...verbs: string[]): PolicyRule => ({
    apiGroups: [''],
    resources: [resource],
    verbs,
  });
  const common = [core('events', 'create', 'patch'), core('pods', 'watch', 'get', 'list')];
  if (repair.repairPods) return common;
  if (repair.deletePods) return [...common, core('pods', 'delete')];
  return repair.labelPods ? [...common, core('pods/status', 'patch', 'update')] : common;
}

const ambientRules: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['pods/status'], verbs: ['patch', 'update'] },
  { apiGroups: ['apps'], resources: ['daemonsets'], resourceNames: [agentDaemonSet], verbs: ['get'] },
];
