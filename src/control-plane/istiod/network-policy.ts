import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { openPorts } from '../open-ports';
import { istiodLabels, istiodName, namespaced, revisionLabel } from './naming';

/** Lets everybody reach istiod on its own ports alone. */
export function networkPolicy(input: ControlPlaneInput): readonly KubernetesObject[] {
  if (!input.values.global.networkPolicy.enabled) return [];
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: namespaced(istiodName(input), input, istiodLabels(input)),
      spec: {
        podSelector: { matchLabels: { app: 'istiod', ...revisionLabel(input) } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [[15017], [15010, 15011, 15012, 8080, 15014]].map((ports) =>
          openPorts(ports.map((port) => ({ port }))),
        ),
        // Keys of tokens and remote clusters may be anywhere.
        egress: [{}],
      },
    },
  ];
}
