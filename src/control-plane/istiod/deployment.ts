import { volumesAndMounts } from '../../kubernetes/container';
import { ifSet, intOrString, type KubernetesObject } from '../../kubernetes/object';
import { storedPodSpec } from '../../kubernetes/stored-pod-spec';
import { defaultRevision } from '../../mesh/istio-names';
import { MeshError } from '../../problems/problem';
import type { ControlPlaneInput } from '../input';
import { container } from './container';
import { istiodLabels, istiodName, istiodPods, namespaced, revisionLabel } from './naming';
import { volumes } from './volumes';

/** The Deployment of istiod. */
export function deployment(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { pilot } = input.values;
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        ...namespaced(istiodName(input), input, { ...istiodLabels(input), ...pilot.deploymentLabels }),
        annotations: ifSet(pilot.deploymentAnnotations),
      },
      spec: {
        // Omitted with autoscaling, where every apply would reset the number of pods.
        replicas: pilot.autoscaleEnabled ? undefined : ifSet(pilot.replicaCount),
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: {
            maxSurge: intOrString(pilot.rollingMaxSurge),
            maxUnavailable: intOrString(pilot.rollingMaxUnavailable),
          },
        },
        selector: { matchLabels: selector(input) },
        template: { metadata: podMetadata(input), spec: storedPodSpec(podSpec(input)) },
      },
    },
  ];
}

/** The selector of a Deployment is immutable. That is why it differs from the selector of the Service. */
function selector(input: ControlPlaneInput): Record<string, string> {
  return input.revision === defaultRevision ? { istio: 'pilot' } : istiodPods(input);
}

function podMetadata(input: ControlPlaneInput) {
  const { podLabels, podAnnotations } = input.values.pilot;
  return {
    labels: {
      app: 'istiod',
      istio: input.revision === defaultRevision ? 'pilot' : 'istiod',
      ...revisionLabel(input),
      'sidecar.istio.io/inject': 'false',
      ...podLabels,
      'istio.io/dataplane-mode': 'none',
    },
    annotations: {
      'prometheus.io/port': '15014',
      'prometheus.io/scrape': 'true',
      'sidecar.istio.io/inject': 'false',
      ...podAnnotations,
    },
  };
}

function podSpec(input: ControlPlaneInput) {
  const { global, pilot } = input.values;
  return {
    serviceAccountName: istiodName(input),
    nodeSelector: ifSet(pilot.nodeSelector),
    affinity: ifSet(pilot.affinity),
    tolerations: [
      // Pods of the mesh wait for Istio's CNI plugin. istiod must not wait, because it may remove this taint.
      { key: 'cni.istio.io/not-ready', operator: 'Exists' },
      ...pilot.tolerations,
    ],
    topologySpreadConstraints: ifSet(pilot.topologySpreadConstraints),
    priorityClassName: ifSet(global.priorityClassName),
    initContainers: initContainers(input),
    containers: [container(input)],
    volumes: volumesAndMounts(volumes(input)).volumes,
  };
}

/** Only Helm renders templates in these containers. Without Helm, they would fail in the cluster. */
function initContainers({ values }: ControlPlaneInput) {
  const containers = ifSet(values.pilot.initContainers);
  if (!JSON.stringify(containers ?? []).includes('{{')) return containers;
  throw new MeshError([
    {
      code: 'MESH-UNSUPPORTED-VALUE',
      location: { path: 'pilot.initContainers' },
      message: 'pilot.initContainers contains a template, which only Helm fills in.',
      hint: 'Write what the template stands for, or istio.controlPlane: istioctl.',
    },
  ]);
}
