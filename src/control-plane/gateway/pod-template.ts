import {
  distinct,
  type EnvironmentVariable,
  type MountedVolume,
  type ResourceRequirements,
  resources,
  volumesAndMounts,
} from '../../kubernetes/container';
import { ifSet } from '../../kubernetes/object';
import { storedPodSpec } from '../../kubernetes/stored-pod-spec';
import type { GatewayPorts, PodTemplate } from './gateway';
import { accountName } from './gateway-objects';

type Texts = Readonly<Record<string, string>>;

/** The settings of a gateway's pods, with and without injection. */
export interface GatewayPod {
  /** The name of the gateway, and of its workload in telemetry. */
  readonly name: string;
  /** The labels with which Services, Gateways and the Deployment select the pods. */
  readonly labels: Texts;
  /** @default - istio-system */
  readonly namespace?: string;
  /** The revision of the control plane. */
  readonly revision: string;
  readonly annotations?: Texts;
  readonly ports: GatewayPorts;
  readonly environment: readonly EnvironmentVariable[];
  /** Variables of a component, which istioctl writes before those of the chart. */
  readonly componentEnvironment?: readonly EnvironmentVariable[];
  readonly resources: ResourceRequirements;
  readonly volumes: readonly MountedVolume[];
  /** The volumes that are mounted first, by name. @default - the order of the volumes */
  readonly mountOrder?: readonly string[];
  /** The Secret with the certificates that older versions of Istio wrote, for a proxy without injection. */
  readonly legacySecret?: string;
  readonly scheduling: Scheduling;
  /** `root` runs as the user of the image. `proxy` runs unprivileged. */
  readonly user: 'proxy' | 'root';
  readonly platform?: string;
  readonly seccompProfile?: object;
  readonly imagePullPolicy?: string;
  /** The tag of the proxy's image without injection. @default - that of the control plane */
  readonly imageTag?: string;
  readonly prometheusMerge: 'enabled' | 'disabled';
  readonly furtherContainers?: readonly object[];
}

interface Scheduling {
  readonly affinity?: object;
  readonly nodeSelector?: Texts;
  readonly priorityClassName?: string;
  readonly tolerations?: readonly object[];
}

/** The fields of the proxy container that depend on whether istiod injects it. */
interface ProxyContainer {
  readonly image: string;
  readonly args?: readonly string[];
  readonly readinessProbe?: object;
  readonly environment: readonly EnvironmentVariable[];
}

/** The user and group ID of Istio's proxy. */
const proxyUser = 1337;

/** The pod template of a gateway. */
export function podTemplate(
  pod: GatewayPod,
  metadata: PodTemplate['metadata'],
  { environment, ...container }: ProxyContainer,
): PodTemplate {
  const { volumes, volumeMounts } = volumesAndMounts(pod.volumes, pod.mountOrder);
  return {
    metadata: {
      labels: { ...pod.labels, ...metadata.labels, ...canonicalNames(pod) },
      annotations: {
        ...(pod.prometheusMerge === 'enabled' ? scraped : {}),
        ...metadata.annotations,
        ...pod.annotations,
      },
    },
    spec: storedPodSpec({
      serviceAccountName: accountName(pod.name),
      securityContext: podSecurityContext(pod),
      containers: [
        {
          name: 'istio-proxy',
          imagePullPolicy: pod.imagePullPolicy,
          ports: containerPorts(pod.ports),
          securityContext: pod.user === 'root' ? undefined : containerSecurityContext,
          resources: resources(pod.resources),
          env: ifSet(distinct(environment)),
          volumeMounts,
          ...container,
        },
        ...(pod.furtherContainers ?? []),
      ],
      volumes,
      ...pod.scheduling,
    }),
  };
}

/** The names of a gateway's pods in telemetry. */
function canonicalNames({ name, labels, revision }: GatewayPod): Texts {
  const version = labels['app.kubernetes.io/version'] || labels.version;
  return {
    'service.istio.io/canonical-name': name,
    'service.istio.io/canonical-revision': version || (revision === 'default' ? 'latest' : revision),
  };
}

/** The endpoint at which the agent serves its metrics and those of the proxy. */
const scraped: Texts = {
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': '15020',
  'prometheus.io/path': '/stats/prometheus',
};

/** OpenShift assigns users by namespace and refuses pods that request one. */
function podSecurityContext({ user, platform, seccompProfile }: GatewayPod) {
  if (user === 'root') return undefined;
  const ids = platform === 'openshift' ? {} : { runAsUser: proxyUser, runAsGroup: proxyUser };
  return { runAsNonRoot: true, ...ids, seccompProfile };
}

/** The rights of the proxy's container. */
export const containerSecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
};

/**
 * The ports of the gateway, and the metrics port of the proxy. Ports of the Service may lead to the same port of the
 * container, which server-side apply refuses to list twice.
 */
function containerPorts(ports: GatewayPorts) {
  const own = new Map(
    ports.map(({ port, targetPort, protocol = 'TCP' }) => {
      const containerPort = targetPort || port;
      return [`${containerPort} ${protocol}`, { containerPort, protocol }];
    }),
  );
  own.delete('15090 TCP');
  return [...own.values(), { containerPort: 15090, protocol: 'TCP', name: 'http-envoy-prom' }];
}
