import {
  distinct,
  type EnvironmentVariable,
  type MountedVolume,
  type ResourceRequirements,
  resources,
  volumesAndMounts,
} from '../../kubernetes/container';
import { given } from '../../kubernetes/object';
import type { GatewayPorts, PodTemplate } from './gateway';
import { accountName } from './gateway-objects';

type Texts = Readonly<Record<string, string>>;

/** What shapes the pods of a gateway, whoever configures their proxy. */
export interface GatewayPod {
  /** The gateway's name, which is also that of its workload in telemetry. */
  readonly name: string;
  /** The labels by which Services, Gateways and the Deployment select the pods. */
  readonly labels: Texts;
  /** The revision of the control plane. */
  readonly revision: string;
  readonly annotations?: Texts;
  readonly ports: GatewayPorts;
  readonly environment: readonly EnvironmentVariable[];
  readonly resources: ResourceRequirements;
  readonly volumes: readonly MountedVolume[];
  readonly scheduling: Scheduling;
  /** `root` has the rights of the container's image; anything else has none but those of a proxy. */
  readonly user: 'proxy' | 'root';
  readonly platform?: string;
  readonly imagePullPolicy?: string;
  readonly prometheusMerge: 'enabled' | 'disabled';
  readonly furtherContainers?: readonly object[];
}

interface Scheduling {
  readonly affinity?: object;
  readonly nodeSelector?: Texts;
  readonly priorityClassName?: string;
  readonly tolerations?: readonly object[];
}

/** What a pod gets besides, by the way in which its proxy is configured. */
interface ProxyContainer {
  readonly image: string;
  readonly args?: readonly string[];
  readonly readinessProbe?: object;
  readonly environment: readonly EnvironmentVariable[];
}

/** The user and group that Istio's proxy runs as. */
const proxyUser = 1337;

/** The pod template of a gateway. */
export function podTemplate(
  pod: GatewayPod,
  metadata: PodTemplate['metadata'],
  { environment, ...container }: ProxyContainer,
): PodTemplate {
  const { volumes, volumeMounts } = volumesAndMounts(pod.volumes);
  return {
    metadata: {
      labels: { ...pod.labels, ...metadata.labels, ...canonicalNames(pod) },
      annotations: {
        ...(pod.prometheusMerge === 'enabled' ? scraped : {}),
        ...metadata.annotations,
        ...pod.annotations,
      },
    },
    spec: {
      serviceAccountName: accountName(pod.name),
      securityContext: pod.user === 'root' ? undefined : podSecurityContext(pod.platform),
      containers: [
        {
          name: 'istio-proxy',
          imagePullPolicy: pod.imagePullPolicy,
          ports: containerPorts(pod.ports),
          securityContext: pod.user === 'root' ? undefined : containerSecurityContext,
          resources: resources(pod.resources),
          env: given(distinct(environment)),
          volumeMounts,
          ...container,
        },
        ...(pod.furtherContainers ?? []),
      ],
      volumes,
      ...pod.scheduling,
    },
  };
}

/** What telemetry calls a gateway's pods. */
function canonicalNames({ name, labels, revision }: GatewayPod): Texts {
  const version = labels['app.kubernetes.io/version'] || labels.version;
  return {
    'service.istio.io/canonical-name': name,
    'service.istio.io/canonical-revision': version || (revision === 'default' ? 'latest' : revision),
  };
}

/** Tells Prometheus where the agent beside the proxy serves the metrics of both. */
const scraped: Texts = {
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': '15020',
  'prometheus.io/path': '/stats/prometheus',
};

/** OpenShift assigns users by namespace and refuses pods that ask for one. */
function podSecurityContext(platform: string | undefined) {
  const user = platform === 'openshift' ? {} : { runAsUser: proxyUser, runAsGroup: proxyUser };
  return { runAsNonRoot: true, ...user };
}

const containerSecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};

/** The ports of the gateway, and the one where the proxy serves its own metrics. */
function containerPorts(ports: GatewayPorts) {
  const own = ports.map(({ port, targetPort, protocol = 'TCP' }) => ({
    containerPort: targetPort ?? port,
    protocol,
  }));
  return [...own, { containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }];
}
