import type { HelmValues } from '../helm-values';
import type { TolerationDefinition } from '../kubernetes/scheduling';
import type { ImageVariant, ResourceValues } from './kubernetes-values';

/** The proxy in sidecars and gateways. */
export interface ProxyValues {
  /**
   * The image: a name in `global.hub`, or a full image reference.
   * @default - proxyv2
   */
  readonly image?: string;
  /**
   * The image variant of the proxy.
   * @default - global.variant
   */
  readonly variant?: ImageVariant;
  /**
   * Whether pods in namespaces with injection get a sidecar by default.
   * @default - enabled
   */
  readonly autoInject?: AutoInject;
  /**
   * The DNS domain of the cluster.
   * @default - cluster.local
   */
  readonly clusterDomain?: string;
  /**
   * The log level of Envoy.
   * @default - warning
   */
  readonly logLevel?: ProxyLogLevel;
  /**
   * The log levels of Envoy components, such as misc:error,upstream:debug.
   * @default - misc:error
   */
  readonly componentLogLevel?: string;
  /**
   * The file for outlier detection events, such as /dev/stdout.
   * @default - none
   */
  readonly outlierLogPath?: string;
  /**
   * The IP ranges whose outbound traffic is redirected, separated by commas, or `*`.
   * @default - *
   */
  readonly includeIPRanges?: string;
  /**
   * The IP ranges whose outbound traffic is not redirected, separated by commas.
   * @default - none
   */
  readonly excludeIPRanges?: string;
  /**
   * The ports whose inbound traffic is redirected, separated by commas, or `*`.
   * @default - *
   */
  readonly includeInboundPorts?: string;
  /**
   * The ports whose inbound traffic is not redirected, separated by commas.
   * @default - none
   */
  readonly excludeInboundPorts?: string;
  /**
   * The ports whose outbound traffic is always redirected, separated by commas.
   * @default - none
   */
  readonly includeOutboundPorts?: string;
  /**
   * The ports whose outbound traffic is not redirected, separated by commas.
   * @default - none
   */
  readonly excludeOutboundPorts?: string;
  /**
   * The resource requests and limits of the sidecar.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourceValues;
  /**
   * Whether the container of the sidecar is privileged.
   * @default - false
   */
  readonly privileged?: boolean;
  /**
   * Whether gateways that istiod deploys have the capability to bind ports below 1024.
   * @default - false
   */
  readonly capNetBindService?: boolean;
  /**
   * The seccomp profile of the sidecar, such as `type: RuntimeDefault`.
   * @default - none
   */
  readonly seccompProfile?: HelmValues;
  /**
   * The lifecycle hooks of the sidecar.
   * @default - none
   */
  readonly lifecycle?: HelmValues;
  /**
   * Whether the other containers of a pod start only when the proxy is ready.
   * @default - false
   */
  readonly holdApplicationUntilProxyStarts?: boolean;
  /**
   * The port of the health checks of the agent; 0 disables them.
   * @default - 15020
   */
  readonly statusPort?: number;
  /**
   * The delay before the first readiness probe, in seconds.
   * @default - 0
   */
  readonly readinessInitialDelaySeconds?: number;
  /**
   * The interval between readiness probes, in seconds.
   * @default - 15
   */
  readonly readinessPeriodSeconds?: number;
  /**
   * The number of failed readiness probes after which the sidecar is not ready.
   * @default - 4
   */
  readonly readinessFailureThreshold?: number;
  /**
   * The startup probe of the sidecar.
   * @default - enabled, with a timeout of ten minutes
   */
  readonly startupProbe?: StartupProbeValues;
  /**
   * The tracer to which proxies send traces.
   * @default - none
   */
  readonly tracer?: Tracer;
}

/** The startup probe of a sidecar. */
export interface StartupProbeValues {
  /**
   * Whether the probe is enabled.
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * The number of failed probes, one per second, after which the sidecar is restarted.
   * @default - 600
   */
  readonly failureThreshold?: number;
}

/** The init container that redirects traffic of a pod to its sidecar. */
export interface ProxyInitValues {
  /**
   * The image: a name in `global.hub`, or a full image reference.
   * @default - proxyv2
   */
  readonly image?: string;
  /**
   * Whether to apply iptables rules without checking existing ones.
   * @default - false
   */
  readonly forceApplyIptables?: boolean;
}

/** Whether pods get a sidecar by default. */
export const autoInjects = ['enabled', 'disabled'] as const;
export type AutoInject = (typeof autoInjects)[number];

/** The log levels of Envoy. */
export const proxyLogLevels = ['', 'trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'] as const;
export type ProxyLogLevel = (typeof proxyLogLevels)[number];

/** The tracers that the charts support. */
export const tracers = ['none', 'zipkin', 'lightstep', 'datadog', 'stackdriver'] as const;
export type Tracer = (typeof tracers)[number];

/** The pods of waypoints, which istiod deploys for Gateway resources. */
export interface WaypointValues {
  /**
   * The resource requests and limits of each pod.
   * @default - requests 100m CPU and 128Mi memory, limits 2 CPUs and 1Gi
   */
  readonly resources?: ResourceValues;
  /**
   * The affinity of the pods.
   * @default - no preference
   */
  readonly affinity?: HelmValues;
  /**
   * The topology spread constraints of the pods.
   * @default - no preference
   */
  readonly topologySpreadConstraints?: readonly HelmValues[];
  /**
   * The labels of the nodes on which the pods can run.
   * @default - any node
   */
  readonly nodeSelector?: HelmValues;
  /**
   * The tolerations of the pods.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
}
