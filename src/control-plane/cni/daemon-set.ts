import { volumesAndMounts } from '../../kubernetes/container';
import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { storedPodSpec } from '../../kubernetes/stored-pod-spec';
import { container } from './container';
import { agentDaemonSet, agentName, agentPods } from './naming';
import type { NodeAgentInput } from './node-agent-values';
import { sharesHostNetwork, volumes } from './volumes';

/** The node agent: a pod on each node, which installs the CNI plugin there. */
export function daemonSet(input: NodeAgentInput): readonly KubernetesObject[] {
  const { namespace, revision, values } = input;
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: {
        name: agentDaemonSet,
        namespace,
        labels: { ...agentPods, 'istio.io/rev': revision, ...values.daemonSetLabels },
      },
      spec: {
        selector: { matchLabels: agentPods },
        updateStrategy: ifSet(values.updateStrategy),
        template: { metadata: podMetadata(input), spec: storedPodSpec(podSpec(input)) },
      },
    },
  ];
}

function podMetadata({ release, values }: NodeAgentInput) {
  // Older versions of Istio always have the annotation, and ignore the value.
  const annotated = values.useAppArmorAnnotation || !release.appArmorFieldOfCni;
  return {
    labels: {
      ...agentPods,
      'sidecar.istio.io/inject': 'false',
      'istio.io/dataplane-mode': 'none',
      ...values.podLabels,
    },
    annotations: {
      'sidecar.istio.io/inject': 'false',
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '15014',
      'prometheus.io/path': '/metrics',
      ...(annotated ? { 'container.apparmor.security.beta.kubernetes.io/install-cni': 'unconfined' } : {}),
      ...values.podAnnotations,
    },
  };
}

function podSpec(input: NodeAgentInput) {
  const { values } = input;
  return {
    ...(sharesHostNetwork(input) ? { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' } : {}),
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    affinity: ifSet(values.affinity),
    tolerations: ifSet(values.tolerations),
    priorityClassName: 'system-node-critical',
    serviceAccountName: agentName,
    terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
    containers: [container(input)],
    volumes: volumesAndMounts(volumes(input)).volumes,
  };
}
