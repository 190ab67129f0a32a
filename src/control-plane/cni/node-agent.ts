import { openPortsPolicy } from '../../kubernetes/network-policy';
import { ifSet, type KubernetesObject, type ObjectMetadata } from '../../kubernetes/object';
import { withRevision } from '../../mesh/istio-names';
import { withSettings } from '../components/kubernetes-settings';
import type { ControlPlaneInput } from '../input';
import { configuration } from './configuration';
import { daemonSet } from './daemon-set';
import { agentContainer, agentDaemonSet, agentLabels, agentName, agentPods } from './naming';
import { type NodeAgentInput, nodeAgentInput } from './node-agent-values';
import { permissions } from './permissions';

type Part = (input: NodeAgentInput) => readonly KubernetesObject[];

/** The parts for each value of `global.resourceScope`. The policy has a namespace, but the chart always has it. */
const parts: Readonly<Record<'cluster' | 'namespace' | 'always', readonly Part[]>> = {
  cluster: [permissions],
  namespace: [serviceAccount, configuration, daemonSet, networkAttachment, resourceQuota],
  always: [networkPolicy],
};

/**
 * The objects of the CNI node agent that belongs to a control plane.
 *
 * @param namespace the namespace of its pods
 */
export function nodeAgentObjects(
  controlPlane: ControlPlaneInput,
  namespace: string,
): readonly KubernetesObject[] {
  // The objects do not depend on the cluster, so clusters with equal values share them.
  const known = ofNamespaces.get(controlPlane.injection) ?? new Map<string, readonly KubernetesObject[]>();
  ofNamespaces.set(controlPlane.injection, known);
  const objects = known.get(namespace) ?? objectsOf(nodeAgentInput(controlPlane, namespace));
  known.set(namespace, objects);
  return withSettings(objects, controlPlane.cni, target);
}

const target = { workload: 'DaemonSet', name: agentDaemonSet, container: agentContainer } as const;

const ofNamespaces = new WeakMap<ControlPlaneInput['injection'], Map<string, readonly KubernetesObject[]>>();

function objectsOf(input: NodeAgentInput): readonly KubernetesObject[] {
  const { resourceScope } = input.values.global;
  return [
    ...(resourceScope === 'namespace' ? [] : parts.cluster),
    ...(resourceScope === 'cluster' ? [] : parts.namespace),
    ...parts.always,
  ].flatMap((part) => part(input).map((object) => Object.freeze(object)));
}

function serviceAccount(input: NodeAgentInput): readonly KubernetesObject[] {
  const imagePullSecrets = ifSet(input.values.global.imagePullSecrets)?.map((name) => ({ name }));
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', imagePullSecrets, metadata: namespaced(agentName, input) },
  ];
}

/** Multus calls the plugin for pods that refer to this object. */
function networkAttachment({ values }: NodeAgentInput): readonly KubernetesObject[] {
  if (values.provider !== 'multus') return [];
  const metadata = { name: agentName, namespace: 'default' };
  return [{ apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition', metadata }];
}

/** GKE admits pods with this priority class outside of kube-system only within a quota. */
function resourceQuota({ namespace, values }: NodeAgentInput): readonly KubernetesObject[] {
  const { enabled, pods } = values.resourceQuotas;
  if (!enabled) return [];
  const priorityClass = { operator: 'In', scopeName: 'PriorityClass', values: ['system-node-critical'] };
  return [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: `${agentName}-resource-quota`, namespace },
      spec: { hard: { pods: String(pods) }, scopeSelector: { matchExpressions: [priorityClass] } },
    },
  ];
}

/** Opens the ports of metrics and of the readiness probe to all clients. The API server can have any address. */
function networkPolicy(input: NodeAgentInput): readonly KubernetesObject[] {
  if (!input.values.global.networkPolicy.enabled) return [];
  const metadata = {
    ...namespaced(withRevision(agentName, input.revision), input),
    labels: { ...agentPods, 'istio.io/rev': input.revision },
  };
  return [openPortsPolicy(metadata, agentPods, [[{ port: 15014 }], [{ port: 8000 }]])];
}

function namespaced(name: string, input: NodeAgentInput): ObjectMetadata {
  return { name, namespace: input.namespace, labels: agentLabels(input) };
}
