import { openPortsPolicy } from '../../kubernetes/network-policy';
import { ifSet, type KubernetesObject, type ObjectMetadata } from '../../kubernetes/object';
import { withRevision } from '../../mesh/istio-names';
import { withSettings } from '../components/kubernetes-settings';
import type { ControlPlaneInput } from '../input';
import { criticalPodsQuota } from '../node-objects';
import { sharedInNamespace } from '../shared-objects';
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
  return withSettings(ofAllClusters(controlPlane, namespace), controlPlane.cni, target);
}

const target = { workload: 'DaemonSet', name: agentDaemonSet, container: agentContainer } as const;

/** The objects do not depend on the cluster. */
const ofAllClusters = sharedInNamespace((controlPlane, namespace) => {
  const input = nodeAgentInput(controlPlane, namespace);
  const { resourceScope } = input.values.global;
  return [
    ...(resourceScope === 'namespace' ? [] : parts.cluster),
    ...(resourceScope === 'cluster' ? [] : parts.namespace),
    ...parts.always,
  ].flatMap((part) => part(input));
});

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

function resourceQuota({ namespace, values }: NodeAgentInput): readonly KubernetesObject[] {
  return criticalPodsQuota({ name: `${agentName}-resource-quota`, namespace }, values.resourceQuotas);
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
