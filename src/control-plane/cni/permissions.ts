import type { KubernetesObject } from '../../kubernetes/object';
import { boundRole, type PolicyRule, read } from '../../kubernetes/role';
import { privilegedOnOpenShift } from '../node-objects';
import { agentDaemonSet, agentLabels, agentName } from './naming';
import type { NodeAgentInput } from './node-agent-values';

/** What the node agent may do in the cluster. */
export function permissions(input: NodeAgentInput): readonly KubernetesObject[] {
  const { namespace, values } = input;
  const role = (
    name: string,
    rules: readonly PolicyRule[],
    binding: KubernetesObject['metadata'],
  ): readonly KubernetesObject[] =>
    boundRole({ name, labels: agentLabels(input) }, rules, { name: agentName, namespace }, binding);
  const repairBinding = { name: `${agentName}-repair-rolebinding`, labels: repairLabels(input) };
  const ambientBinding = { name: `${agentName}-ambient`, labels: repairLabels(input) };
  return [
    ...role(agentName, reading(input), { name: agentName, labels: agentLabels(input) }),
    ...(values.repair.enabled ? role(`${agentName}-repair-role`, repairing(input), repairBinding) : []),
    ...(values.ambient.enabled ? role(`${agentName}-ambient`, ambientRules, ambientBinding) : []),
  ];
}

function repairLabels({ revision }: NodeAgentInput): Record<string, string> {
  return { 'k8s-app': `${agentName}-repair`, 'istio.io/rev': revision };
}

function reading({ values }: NodeAgentInput): readonly PolicyRule[] {
  const platform = values.platform || values.global.platform;
  return [
    { apiGroups: [''], resources: ['pods', 'nodes', 'namespaces'], verbs: read },
    ...(platform === 'openshift' ? [privilegedOnOpenShift] : []),
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
