import type { NodeAgentInput } from './node-agent-values';

/** The name that the objects of the node agent begin with. Istio's CNI plugin relies on it. */
export const agentName = 'istio-cni';

/** The name of the DaemonSet. */
export const agentDaemonSet = `${agentName}-node`;

/** The name of the container in its pods. */
export const agentContainer = 'install-cni';

/** The name of the ConfigMap with the environment of the node agent. */
export const agentConfiguration = `${agentName}-config`;

/** The label of the pods. */
export const agentPods = { 'k8s-app': agentDaemonSet } as const;

/** The labels of the other objects. */
export function agentLabels({ revision }: NodeAgentInput): Record<string, string> {
  return { app: agentName, 'istio.io/rev': revision };
}
