import type { HelmValues } from '../helm-values';
import type { ImageVariant } from './kubernetes-values';

/**
 * What a proxy starts with: every key of Istio's ProxyConfig in 1.29 to 1.31, what is often set with all of
 * its types. Keys of other versions are passed on as they are.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 */
export interface DefaultProxyConfig {
  readonly [key: string]: unknown;
  /**
   * Environment variables of the proxy's agent by name.
   * @default - none
   */
  readonly proxyMetadata?: Readonly<Record<string, string>>;
  /**
   * Whether the pod's other containers start only once the proxy is ready.
   * @default - false
   */
  readonly holdApplicationUntilProxyStarts?: boolean;
  /**
   * The number of the proxy's worker threads; 0 means one for each core.
   * @default - as many as its CPU limit permits
   */
  readonly concurrency?: number;
  /**
   * The address of istiod.
   * @default - istiod of the revision, in its namespace
   */
  readonly discoveryAddress?: string;
  /**
   * How long a proxy drains connections when its configuration changes, such as 45s.
   * @default - 45s
   */
  readonly drainDuration?: string;
  /**
   * How long a proxy drains connections before it ends, such as 5s.
   * @default - 5s
   */
  readonly terminationDrainDuration?: string;
  /**
   * Where and how often traces are reported.
   * @default - as global.proxy.tracer says
   */
  readonly tracing?: HelmValues;
  /**
   * The kind of the proxy's image.
   * @default - global.variant
   */
  readonly image?: ProxyImage;
  /**
   * Which of Envoy's statistics exist besides those that Istio needs.
   * @default - none
   */
  readonly proxyStatsMatcher?: HelmValues;
  /**
   * Labels of metrics besides Istio's own.
   * @default - none
   */
  readonly extraStatTags?: readonly string[];
  /**
   * Which headers a gateway trusts, by the proxies in front of it.
   * @default - none in front
   */
  readonly gatewayTopology?: HelmValues;
  /**
   * Which headers proxies add and remove.
   * @default - as istiod has it
   */
  readonly proxyHeaders?: HelmValues;
  /**
   * Who holds a proxy's private key.
   * @default - the proxy
   */
  readonly privateKeyProvider?: HelmValues;
  /**
   * The readiness probe of an application, which a proxy without Kubernetes makes.
   * @default - none
   */
  readonly readinessProbe?: HelmValues;
  /**
   * A server of access logs.
   * @default - none
   */
  readonly envoyAccessLogService?: HelmValues;
  /**
   * A server of Envoy's metrics.
   * @default - none
   */
  readonly envoyMetricsService?: HelmValues;
  /**
   * Root certificates in PEM, by which proxies trust each other, besides those of the mesh.
   * @default - none
   */
  readonly caCertificatesPem?: readonly string[];
  /**
   * Envoy's runtime values by name.
   * @default - as istiod has it
   */
  readonly runtimeValues?: Readonly<Record<string, string>>;
  /**
   * Limits and timeouts of connections; from Istio 1.31 on.
   * @default - Envoy's own
   */
  readonly connectionSettings?: HelmValues;
  /**
   * Whether the metrics that a proxy serves are compressed.
   * @default - true
   */
  readonly statsCompression?: boolean;
  /**
   * The most characters of a name in statistics.
   * @default - 189
   */
  readonly statNameLength?: number;
  /**
   * How the traffic of a pod is redirected to its sidecar.
   * @default - REDIRECT
   */
  readonly interceptionMode?: InterceptionMode;
  /**
   * The port of the agent's health checks.
   * @default - 15020
   */
  readonly statusPort?: number;
  /**
   * The port of Envoy's administration, on localhost.
   * @default - 15000
   */
  readonly proxyAdminPort?: number;
  /**
   * The name of the proxy's own Service, for Envoy.
   * @default - the label app and the namespace
   */
  readonly serviceCluster?: string;
  /**
   * How the proxy's own Service is called in traces: APP_LABEL_AND_NAMESPACE or another scheme.
   * @default - APP_LABEL_AND_NAMESPACE
   */
  readonly tracingServiceName?: string;
  /**
   * How often access logs are written to their file, such as 1s.
   * @default - 1s
   */
  readonly fileFlushInterval?: string;
  /**
   * How many kilobytes of access logs are written to their file at least.
   * @default - 64
   */
  readonly fileFlushMinSizeKb?: number;
  /**
   * How the proxy authenticates istiod: NONE or MUTUAL_TLS.
   * @default - MUTUAL_TLS
   */
  readonly controlPlaneAuthPolicy?: string;
  /**
   * The mesh of the proxy. It follows from `meshID`.
   * @default - meshID
   */
  readonly meshId?: string;
  /**
   * The folder of Envoy's configuration.
   * @default - ./etc/istio/proxy
   */
  readonly configPath?: string;
  /**
   * The file of Envoy's program.
   * @default - /usr/local/bin/envoy
   */
  readonly binaryPath?: string;
  /**
   * A configuration of Envoy that replaces the generated one.
   * @default - none
   */
  readonly customConfigFile?: string;
  /**
   * The template of Envoy's bootstrap configuration.
   * @default - the image's own
   */
  readonly proxyBootstrapTemplatePath?: string;
  /**
   * A server of StatsD that takes statistics.
   * @default - none
   */
  readonly statsdUdpAddress?: string;
  /**
   * The zone of the proxy. It is deprecated.
   * @default - the node's
   */
  readonly availabilityZone?: string;
  /**
   * How often the proxy asks for its configuration. It is deprecated.
   * @default - as soon as it changes
   */
  readonly discoveryRefreshDelay?: string;
  /**
   * A server of Envoy's metrics. It is deprecated.
   * @default - none
   */
  readonly envoyMetricsServiceAddress?: string;
  /**
   * A Zipkin collector. It is deprecated.
   * @default - none
   */
  readonly zipkinAddress?: string;
  /**
   * How the proxy takes secrets. It is deprecated.
   * @default - from its agent
   */
  readonly sds?: HelmValues;
}

/** The image of a proxy. */
export interface ProxyImage {
  /**
   * Its kind: debug or distroless.
   * @default - global.variant
   */
  readonly imageType?: ImageVariant | 'default';
}

/** How the traffic of a pod is redirected to its sidecar. */
export const interceptionModes = ['REDIRECT', 'TPROXY', 'NONE'] as const;
export type InterceptionMode = (typeof interceptionModes)[number];
