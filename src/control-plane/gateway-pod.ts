import type { EastWestGatewayDefinition, ResourcesDefinition } from '../mesh/gateway-definition';
import type { GatewayPorts } from './gateway-ports';

/** What shapes the pods of a gateway whose proxy istiod injects. */
export interface GatewayPodProps {
  /** The gateway's name, which is also that of its workload in telemetry. */
  readonly name: string;
  readonly serviceAccountName: string;
  /** The labels by which Services, Gateways and the Deployment select the pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The revision of the control plane that injects the proxy; undefined for the default one. */
  readonly revision?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: GatewayPorts;
  readonly resources: ResourcesDefinition;
  readonly scheduling: Pick<
    EastWestGatewayDefinition,
    'affinity' | 'nodeSelector' | 'priorityClassName' | 'tolerations'
  >;
  readonly imagePullPolicy?: string;
  readonly prometheusMerge: 'enabled' | 'disabled';
  readonly platform?: string;
}

/** The user and group that Istio's proxy runs as. */
const proxyUser = 1337;

/**
 * The pod template of a gateway. It names only what is the gateway's own: `image: auto` leaves the
 * proxy, its mounts and its environment to istiod's injection template `gateway`.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export function gatewayPod(props: GatewayPodProps) {
  return {
    metadata: { labels: podLabels(props), annotations: podAnnotations(props) },
    spec: {
      serviceAccountName: props.serviceAccountName,
      // OpenShift assigns users by namespace and refuses pods that ask for one.
      securityContext: {
        runAsNonRoot: true,
        ...(props.platform === 'openshift' ? {} : { runAsUser: proxyUser, runAsGroup: proxyUser }),
      },
      containers: [proxyContainer(props)],
      volumes: certificateSecrets.map(({ volume, secret }) => ({
        name: volume,
        secret: { secretName: secret, optional: true },
      })),
      ...props.scheduling,
    },
  };
}

/** Secrets that older Istio mounted into every gateway; optional, and read by those who still have them. */
const certificateSecrets = [
  { volume: 'ingressgateway-certs', secret: 'istio-ingressgateway-certs' },
  { volume: 'ingressgateway-ca-certs', secret: 'istio-ingressgateway-ca-certs' },
];

function podLabels({ name, labels, revision }: GatewayPodProps): Record<string, string> {
  return {
    ...labels,
    'sidecar.istio.io/inject': 'true',
    ...(revision === undefined ? {} : { 'istio.io/rev': revision }),
    'service.istio.io/canonical-name': name,
    'service.istio.io/canonical-revision': revision ?? 'latest',
  };
}

function podAnnotations({ annotations, prometheusMerge }: GatewayPodProps): Record<string, string> {
  const scraped = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '15020',
    'prometheus.io/path': '/stats/prometheus',
  };
  return {
    ...(prometheusMerge === 'enabled' ? scraped : {}),
    'sidecar.istio.io/inject': 'true',
    'inject.istio.io/templates': 'gateway',
    ...annotations,
  };
}

function proxyContainer(props: GatewayPodProps) {
  const environment = { ...props.environment, ISTIO_META_UNPRIVILEGED_POD: 'true' };
  return {
    name: 'istio-proxy',
    image: 'auto',
    imagePullPolicy: props.imagePullPolicy,
    ports: [
      ...props.ports.map(({ targetPort }) => ({ containerPort: targetPort, protocol: 'TCP' })),
      { containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' },
    ],
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
    },
    resources: props.resources,
    env: Object.entries(environment).map(([name, value]) => ({ name, value })),
    volumeMounts: certificateSecrets.map(({ volume }) => ({
      name: volume,
      mountPath: `/etc/istio/${volume}`,
      readOnly: true,
    })),
  };
}
