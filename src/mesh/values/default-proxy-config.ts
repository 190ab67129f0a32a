import type { HelmValues } from '../helm-values';
import type { ImageVariant } from './kubernetes-values';

/**
 * The default configuration of proxies: all keys of ProxyConfig in Istio 1.29 to 1.31, with full types for
 * common keys. Keys of other versions are passed on.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export interface DefaultProxyConfig {
  readonly [key: string]: unknown;
  /**
   * Environment variables of the proxy agent, by name.
   * @default - none
   */
  readonly proxyMetadata?: Readonly<Record<string, string>>;
  /**
   * Whether the other containers of a pod start only when the proxy is ready.
   * @default - false
   */
  readonly holdApplicationUntilProxyStarts?: boolean;
  /**
   * The number of worker threads; 0 means one per core.
   * @default - derived from the CPU limit
   */
  readonly concurrency?: number;
  /**
   * The address of istiod.
   * @default - istiod of the same revision
   */
  readonly discoveryAddress?: string;
  /**
   * How long a proxy drains connections after a configuration change, such as 45s.
   * @default - 45s
   */
  readonly drainDuration?: string;
  /**
   * How long a proxy drains connections before it terminates, such as 5s.
   * @default - 5s
   */
  readonly terminationDrainDuration?: string;
  /**
   * The tracer and the sampling of traces.
   * @default - derived from global.proxy.tracer
   */
  readonly tracing?: HelmValues;
  /**
   * The image variant of the proxy.
   * @default - global.variant
   */
  readonly image?: ProxyImage;
  /**
   * Additional Envoy statistics, besides those that Istio needs.
   * @default - none
   */
  readonly proxyStatsMatcher?: HelmValues;
  /**
   * Additional labels of metrics.
   * @default - none
   */
  readonly extraStatTags?: readonly string[];
  /**
   * How many trusted proxies are in front of a gateway, and which headers it trusts.
   * @default - no trusted proxies
   */
  readonly gatewayTopology?: HelmValues;
  /**
   * Which headers proxies add and remove.
   * @default - the default of istiod
   */
  readonly proxyHeaders?: HelmValues;
  /**
   * The provider of the private key of a proxy.
   * @default - the proxy itself
   */
  readonly privateKeyProvider?: HelmValues;
  /**
   * The readiness probe of an application on a virtual machine.
   * @default - none
   */
  readonly readinessProbe?: HelmValues;
  /**
   * The gRPC access log service.
   * @default - none
   */
  readonly envoyAccessLogService?: HelmValues;
  /**
   * The Envoy metrics service.
   * @default - none
   */
  readonly envoyMetricsService?: HelmValues;
  /**
   * Additional root certificates in PEM that proxies trust.
   * @default - none
   */
  readonly caCertificatesPem?: readonly string[];
  /**
   * Envoy runtime values, by name.
   * @default - the defaults of istiod
   */
  readonly runtimeValues?: Readonly<Record<string, string>>;
  /**
   * Limits and timeouts of connections. Requires Istio 1.31.
   * @default - the defaults of Envoy
   */
  readonly connectionSettings?: HelmValues;
  /**
   * Whether a proxy compresses the metrics that it serves.
   * @default - true
   */
  readonly statsCompression?: boolean;
  /**
   * The maximum length of a name in statistics.
   * @default - 189
   */
  readonly statNameLength?: number;
  /**
   * How traffic of a pod is redirected to its sidecar.
   * @default - REDIRECT
   */
  readonly interceptionMode?: InterceptionMode;
  /**
   * The port of the health checks of the agent.
   * @default - 15020
   */
  readonly statusPort?: number;
  /**
   * The port of the Envoy admin interface on localhost.
   * @default - 15000
   */
  readonly proxyAdminPort?: number;
  /**
   * The service cluster name of the proxy in Envoy.
   * @default - the label app and the namespace
   */
  readonly serviceCluster?: string;
  /**
   * The scheme for the service name in traces, such as APP_LABEL_AND_NAMESPACE.
   * @default - APP_LABEL_AND_NAMESPACE
   */
  readonly tracingServiceName?: string;
  /**
   * The interval at which access logs are written to the file, such as 1s.
   * @default - 1s
   */
  readonly fileFlushInterval?: string;
  /**
   * The minimum size of access logs to write to the file, in KB.
   * @default - 64
   */
  readonly fileFlushMinSizeKb?: number;
  /**
   * How the proxy authenticates istiod: NONE or MUTUAL_TLS.
   * @default - MUTUAL_TLS
   */
  readonly controlPlaneAuthPolicy?: string;
  /**
   * The mesh ID of the proxy. Set `meshID` of the mesh definition instead.
   * @default - meshID
   */
  readonly meshId?: string;
  /**
   * The folder of the Envoy configuration.
   * @default - ./etc/istio/proxy
   */
  readonly configPath?: string;
  /**
   * The path of the Envoy binary.
   * @default - /usr/local/bin/envoy
   */
  readonly binaryPath?: string;
  /**
   * The path of a custom Envoy configuration that replaces the generated one.
   * @default - none
   */
  readonly customConfigFile?: string;
  /**
   * The path of the template for the Envoy bootstrap configuration.
   * @default - the template in the image
   */
  readonly proxyBootstrapTemplatePath?: string;
  /**
   * The address of a StatsD server.
   * @default - none
   */
  readonly statsdUdpAddress?: string;
  /**
   * The zone of the proxy. Deprecated.
   * @default - the zone of the node
   */
  readonly availabilityZone?: string;
  /**
   * The interval at which the proxy requests its configuration. Deprecated.
   * @default - none; changes are pushed
   */
  readonly discoveryRefreshDelay?: string;
  /**
   * The address of the Envoy metrics service. Deprecated.
   * @default - none
   */
  readonly envoyMetricsServiceAddress?: string;
  /**
   * The address of a Zipkin collector. Deprecated.
   * @default - none
   */
  readonly zipkinAddress?: string;
  /**
   * The secret discovery service. Deprecated.
   * @default - the agent of the proxy
   */
  readonly sds?: HelmValues;
}

/** The image of a proxy. */
export interface ProxyImage {
  /**
   * The image variant, such as debug or distroless.
   * @default - global.variant
   */
  readonly imageType?: ImageVariant | 'default';
}

/** How traffic of a pod is redirected to its sidecar. */
export const interceptionModes = ['REDIRECT', 'TPROXY', 'NONE'] as const;
export type InterceptionMode = (typeof interceptionModes)[number];
