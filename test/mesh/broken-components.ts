import type { BrokenDefinition } from './broken-definitions';
import { withIstio } from './broken-values';

const withComponents = (components: string): string => withIstio(`components: { ${components} }`);

/** Definitions with a problem in Istio's components. */
export const brokenComponents: readonly BrokenDefinition[] = [
  {
    title: 'a setting of a component in the form of an older Kubernetes',
    text: withComponents('pilot: { k8s: { scaleTargetRef: { kind: Deployment } } }'),
    code: 'MESH-UNKNOWN-KEY',
    at: [5, 46],
    message: '"scaleTargetRef" is not a key of clusters[0].istio.components.pilot.k8s.',
    hint: 'Remove it, or write it below hpaSpec.',
  },
  {
    title: 'a variable with a number',
    text: withComponents('pilot: { k8s: { env: [{ name: A, value: 1 }] } }'),
    code: 'MESH-TYPE',
    at: [5, 70],
    message: 'clusters[0].istio.components.pilot.k8s.env[0].value is 1, not a string.',
    hint: 'Write it in quotes: "1".',
  },
  {
    title: 'a gateway with the name of the east-west gateway',
    text: withComponents('ingressGateways: [{ name: istio-eastwestgateway }]'),
    code: 'MESH-VALUE',
    at: [5, 56],
    message: 'The name istio-eastwestgateway is that of another Service in istio-system.',
    hint: 'Remove this gateway: eastWestGateway of the cluster is the same gateway. Or write eastWestGateway: disabled.',
  },
  {
    title: 'a port of a gateway that needs root',
    text: withComponents('egressGateways: [{ name: a, k8s: { service: { ports: [{ port: 443 }] } } }]'),
    code: 'MESH-VALUE',
    at: [5, 84],
    message: 'The pods would listen on the port 443, for which they need root.',
    hint: 'Write a targetPort from 1024 on, such as 8443, or istio.values.gateways.istio-egressgateway.runAsRoot: true.',
  },
  {
    title: 'a position in a list without a fixed order',
    text: withComponents(
      'pilot: { k8s: { overlays: [{ kind: Deployment, name: istiod, patches: [{ path: "a.env[3]" }] }] } }',
    ),
    code: 'MESH-VALUE',
    at: [5, 109],
    message: 'The path a.env[3] has a position in a list without a fixed order.',
    hint: 'Write [name:…] instead.',
  },
  {
    title: 'a request of a gateway above the limit of the chart',
    text: withComponents('ingressGateways: [{ name: a, k8s: { resources: { requests: { cpu: 4 } } } }]'),
    code: 'MESH-VALUE',
    at: [5, 77],
    message: 'The request of 4 cpu is greater than the limit of 2000m.',
    hint: 'Write a limit of at least 4, or a lower request.',
  },
  {
    title: 'more pods of istiod than the chart permits',
    text: withComponents('pilot: { k8s: { hpaSpec: { minReplicas: 7 } } }'),
    code: 'MESH-VALUE',
    at: [5, 55],
    message: 'minReplicas 7 is greater than maxReplicas 5.',
    hint: 'Write a maxReplicas that is at least minReplicas.',
  },
  {
    title: 'a disabled istiod',
    text: withComponents('pilot: { enabled: false }'),
    code: 'MESH-UNSUPPORTED-VALUE',
    at: [5, 48],
    message:
      'clusters[0].istio.components.pilot is disabled, but every cluster of the mesh has its own istiod.',
    hint: 'Remove it.',
  },
];
