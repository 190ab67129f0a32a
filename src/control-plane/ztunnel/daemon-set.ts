import { volumesAndMounts } from '../../kubernetes/container';
import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { storedPodSpec } from '../../kubernetes/stored-pod-spec';
import { container } from './container';
import { annotations, namespaced, revisionAnnotation, ztunnelName, ztunnelPods } from './naming';
import { volumes } from './volumes';
import type { ZtunnelInput } from './ztunnel-values';

/** ztunnel: a pod on each node, for the traffic of the pods there. */
export function daemonSet(input: ZtunnelInput): readonly KubernetesObject[] {
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { ...namespaced(input), annotations: annotations(input) },
      spec: {
        updateStrategy: ifSet(input.values.updateStrategy),
        selector: { matchLabels: ztunnelPods },
        template: { metadata: podMetadata(input), spec: storedPodSpec(podSpec(input)) },
      },
    },
  ];
}

function podMetadata({ values }: ZtunnelInput) {
  return {
    labels: {
      'sidecar.istio.io/inject': 'false',
      'istio.io/dataplane-mode': 'none',
      ...ztunnelPods,
      ...values.podLabels,
    },
    annotations: {
      'sidecar.istio.io/inject': 'false',
      ...revisionAnnotation(values),
      ...values.podAnnotations,
    },
  };
}

function podSpec(input: ZtunnelInput) {
  const { release, values } = input;
  return {
    nodeSelector: { 'kubernetes.io/os': 'linux', ...values.nodeSelector },
    affinity: ifSet(values.affinity),
    serviceAccountName: ztunnelName(input),
    tolerations: ifSet(values.tolerations),
    ...(release.dnsOfZtunnel
      ? { dnsPolicy: ifSet(values.dnsPolicy), dnsConfig: ifSet(values.dnsConfig) }
      : {}),
    containers: [container(input)],
    priorityClassName: 'system-node-critical',
    terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
    volumes: [...volumesAndMounts(volumes(input)).volumes, ...values.volumes],
  };
}
