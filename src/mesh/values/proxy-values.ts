import type { TolerationDefinition } from '../gateway';
import type { HelmValues } from '../helm-values';
import type { ImageVariant, ResourceValues } from './kubernetes-values';

/** The proxy in sidecars and gateways. */
export interface ProxyValues {
  /**
   * The image: a name below `global.hub`, or a whole address.
   * @default - proxyv2
   */
  readonly image?: string;
  /**
   * The kind of the proxy's image.
   * @default - global.variant
   */
  readonly variant?: ImageVariant;
  /**
   * Whether pods get a sidecar in namespaces that ask for one, where the pod itself does not say it.
   * @default - enabled
   */
  readonly autoInject?: AutoInject;
  /**
   * The domain of the cluster's own names.
   * @default - cluster.local
   */
  readonly clusterDomain?: string;
  /**
   * Envoy's log level.
   * @default - warning
   */
  readonly logLevel?: ProxyLogLevel;
  /**
   * Log levels of Envoy's components, such as misc:error,upstream:debug.
   * @default - misc:error
   */
  readonly componentLogLevel?: string;
  /**
   * The file for events of outlier detection, such as /dev/stdout.
   * @default - none
   */
  readonly outlierLogPath?: string;
  /**
   * IP ranges to which outbound traffic is captured, separated by commas, or `*`.
   * @default - *
   */
  readonly includeIPRanges?: string;
  /**
   * IP ranges to which outbound traffic is not captured, separated by commas.
   * @default - none
   */
  readonly excludeIPRanges?: string;
  /**
   * Ports on which inbound traffic is captured, separated by commas, or `*`.
   * @default - *
   */
  readonly includeInboundPorts?: string;
  /**
   * Ports on which inbound traffic is not captured, separated by commas.
   * @default - none
   */
  readonly excludeInboundPorts?: string;
  /**
   * Ports to which outbound traffic is captured whatever its address, separated by commas.
   * @default - none
   */
  readonly includeOutboundPorts?: string;
  /**
   * Ports to which outbound traffic is not captured, separated by commas.
   * @default - none
   */
  readonly excludeOutboundPorts?: string;
  /**
   * What the sidecar asks for and may use.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourceValues;
  /**
   * Whether the sidecar's container is privileged.
   * @default - false
   */
  readonly privileged?: boolean;
  /**
   * Whether gateways that istiod deploys may bind ports below 1024 by a capability.
   * @default - false
   */
  readonly capNetBindService?: boolean;
  /**
   * The seccomp profile of the sidecar, such as type RuntimeDefault.
   * @default - none
   */
  readonly seccompProfile?: HelmValues;
  /**
   * What the kubelet runs after the sidecar's start and before its stop.
   * @default - none
   */
  readonly lifecycle?: HelmValues;
  /**
   * Whether the pod's other containers start only once the proxy is ready.
   * @default - false
   */
  readonly holdApplicationUntilProxyStarts?: boolean;
  /**
   * The port of the agent's health checks; 0 turns them off.
   * @default - 15020
   */
  readonly statusPort?: number;
  /**
   * Seconds before the first readiness probe.
   * @default - 0
   */
  readonly readinessInitialDelaySeconds?: number;
  /**
   * Seconds between readiness probes.
   * @default - 15
   */
  readonly readinessPeriodSeconds?: number;
  /**
   * Failed readiness probes in a row after which the sidecar is not ready.
   * @default - 4
   */
  readonly readinessFailureThreshold?: number;
  /**
   * The startup probe of the sidecar.
   * @default - enabled, for ten minutes
   */
  readonly startupProbe?: StartupProbeValues;
  /**
   * The tracer to which proxies report.
   * @default - none
   */
  readonly tracer?: Tracer;
}

/** The startup probe of a sidecar. */
export interface StartupProbeValues {
  /**
   * Whether there is one.
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * Failed probes, one a second, after which the sidecar is restarted.
   * @default - 600
   */
  readonly failureThreshold?: number;
}

/** The init container that redirects a pod's traffic to its sidecar. */
export interface ProxyInitValues {
  /**
   * The image: a name below `global.hub`, or a whole address.
   * @default - proxyv2
   */
  readonly image?: string;
  /**
   * Whether rules are written without looking at those that exist.
   * @default - false
   */
  readonly forceApplyIptables?: boolean;
}

/** Whether pods get a sidecar where they do not say it themselves. */
export const autoInjects = ['enabled', 'disabled'] as const;
export type AutoInject = (typeof autoInjects)[number];

/** Envoy's log levels. */
export const proxyLogLevels = ['', 'trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'] as const;
export type ProxyLogLevel = (typeof proxyLogLevels)[number];

/** The tracers that the charts can set up. */
export const tracers = ['none', 'zipkin', 'lightstep', 'datadog', 'stackdriver'] as const;
export type Tracer = (typeof tracers)[number];

/** The pods of waypoints, which istiod deploys for Gateway resources. */
export interface WaypointValues {
  /**
   * What each pod asks for and may use.
   * @default - requests 100m CPU and 128Mi memory, limits 2 CPUs and 1Gi
   */
  readonly resources?: ResourceValues;
  /**
   * Where pods run relative to nodes and other pods.
   * @default - no preference
   */
  readonly affinity?: HelmValues;
  /**
   * How pods are spread over zones or nodes.
   * @default - no preference
   */
  readonly topologySpreadConstraints?: readonly HelmValues[];
  /**
   * Labels of the nodes that pods may run on.
   * @default - any node
   */
  readonly nodeSelector?: HelmValues;
  /**
   * Taints of nodes that pods tolerate.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
}
