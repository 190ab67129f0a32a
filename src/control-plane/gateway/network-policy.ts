import { withRevision } from '../../mesh/istio-names';
import type { KubernetesObject } from '../kubernetes-object';
import { openPorts } from '../open-ports';
import type { Gateway } from './gateway';

/** Lets everybody reach a gateway on its ports and those of its health and metrics, and it everybody. */
export function networkPolicy(gateway: Gateway): KubernetesObject | undefined {
  const { name, namespace, labels, revision, ports } = gateway;
  if (gateway.networkPolicy === 'disabled') return undefined;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: withRevision(name, revision),
      namespace,
      labels: { app: name, istio: 'ingressgateway', 'istio.io/rev': revision },
    },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        openPorts([{ port: 15021 }]),
        openPorts([{ port: 15020 }, { port: 15090 }]),
        ...ports.map(({ port, targetPort, protocol }) => openPorts([{ port: targetPort ?? port, protocol }])),
      ],
      egress: [{}],
    },
  };
}
