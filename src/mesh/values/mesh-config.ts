import type { HelmValues } from '../helm-values';
import type { DefaultProxyConfig } from './default-proxy-config';
import type { ExtensionProvider } from './extension-provider';
import type { LabelSelectorValues } from './kubernetes-values';

/**
 * The mesh configuration that istiod reads at run time: all keys of MeshConfig in Istio 1.29 to 1.31, with full
 * types for common keys. Keys of other versions are passed on.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
 */
export interface MeshConfig {
  readonly [key: string]: unknown;
  /**
   * The trust domain. Set `trustDomain` of the mesh definition instead.
   * @default - trustDomain
   */
  readonly trustDomain?: string;
  /**
   * Additional trust domains that proxies treat as their own.
   * @default - none
   */
  readonly trustDomainAliases?: readonly string[];
  /**
   * The root namespace: its resources apply to the whole mesh.
   * @default - the namespace of istiod
   */
  readonly rootNamespace?: string;
  /**
   * The default configuration of proxies. Annotations and ProxyConfig resources override it.
   * @default - the defaults of istiod
   */
  readonly defaultConfig?: DefaultProxyConfig;
  /**
   * The file for access logs, such as /dev/stdout.
   * @default - no access logs
   */
  readonly accessLogFile?: string;
  /**
   * The format of access logs: a line, or JSON, with Envoy command operators.
   * @default - the default format of Istio
   */
  readonly accessLogFormat?: string;
  /**
   * Whether access logs are text or JSON.
   * @default - TEXT
   */
  readonly accessLogEncoding?: AccessLogEncoding;
  /**
   * Whether the agent merges the Prometheus metrics of the application with those of the proxy.
   * @default - true
   */
  readonly enablePrometheusMerge?: boolean;
  /**
   * Whether proxies report traces.
   * @default - false
   */
  readonly enableTracing?: boolean;
  /**
   * Whether proxies automatically use mutual TLS with workloads that have a proxy.
   * @default - true
   */
  readonly enableAutoMtls?: boolean;
  /**
   * The destinations that outbound traffic can reach.
   * @default - all destinations
   */
  readonly outboundTrafficPolicy?: OutboundTrafficPolicy;
  /**
   * Providers of telemetry and authorization for Telemetry and AuthorizationPolicy resources.
   * @default - prometheus, stackdriver and envoy, which are part of istiod
   */
  readonly extensionProviders?: readonly ExtensionProvider[];
  /**
   * The default providers of Telemetry resources.
   * @default - prometheus for metrics
   */
  readonly defaultProviders?: DefaultProviders;
  /**
   * The selectors of the namespaces that istiod watches. A namespace must match one of them.
   * @default - all namespaces
   */
  readonly discoverySelectors?: readonly LabelSelectorValues[];
  /**
   * The namespaces in which Services are visible by default: `*`, `.` or names.
   * @default - all
   */
  readonly defaultServiceExportTo?: readonly string[];
  /**
   * The namespaces in which VirtualServices are visible by default.
   * @default - all
   */
  readonly defaultVirtualServiceExportTo?: readonly string[];
  /**
   * The namespaces in which DestinationRules are visible by default.
   * @default - all
   */
  readonly defaultDestinationRuleExportTo?: readonly string[];
  /**
   * The locality load balancing settings.
   * @default - the same region and zone first, if outlier detection is configured
   */
  readonly localityLbSetting?: HelmValues;
  /**
   * Settings of Services, such as the Services that are local to their cluster.
   * @default - the Services in kube-system and the API server are local
   */
  readonly serviceSettings?: readonly HelmValues[];
  /**
   * The timeout of new connections, such as 10s.
   * @default - 10s
   */
  readonly connectTimeout?: string;
  /**
   * How long a proxy waits for the first bytes to detect the protocol.
   * @default - 0s, without a limit
   */
  readonly protocolDetectionTimeout?: string;
  /**
   * The keepalive settings of TCP connections.
   * @default - the defaults of the operating system
   */
  readonly tcpKeepalive?: HelmValues;
  /**
   * Whether proxies upgrade HTTP/1.1 connections between them to HTTP/2.
   * @default - DO_NOT_UPGRADE
   */
  readonly h2UpgradePolicy?: H2UpgradePolicy;
  /**
   * How request paths are normalized before rules are applied.
   * @default - BASE
   */
  readonly pathNormalization?: HelmValues;
  /**
   * The default retry policy of failed HTTP requests.
   * @default - two retries
   */
  readonly defaultHttpRetryPolicy?: HelmValues;
  /**
   * Which Ingress resources istiod serves.
   * @default - STRICT, only those of the ingress class
   */
  readonly ingressControllerMode?: IngressControllerMode;
  /**
   * The class of the Ingress resources that istiod serves.
   * @default - istio
   */
  readonly ingressClass?: string;
  /**
   * The Service whose address is shown in Ingress resources.
   * @default - istio-ingressgateway
   */
  readonly ingressService?: string;
  /**
   * The value of the label `istio` of the gateway that serves Ingress resources.
   * @default - ingressgateway
   */
  readonly ingressSelector?: string;
  /**
   * Additional root certificates that proxies trust.
   * @default - none
   */
  readonly caCertificates?: readonly HelmValues[];
  /**
   * The requirements of mutual TLS in the mesh.
   * @default - TLS 1.2
   */
  readonly meshMTLS?: HelmValues;
  /**
   * The requirements of TLS outside the mesh.
   * @default - TLS 1.2
   */
  readonly tlsDefaults?: HelmValues;
  /**
   * Whether inbound traffic is sent to the address of the pod or to localhost.
   * @default - PASSTHROUGH, the address of the pod
   */
  readonly inboundTrafficPolicy?: HelmValues;
  /**
   * The default connection pool and outlier detection settings of Services. Requires Istio 1.31.
   * @default - none
   */
  readonly defaultTrafficPolicy?: HelmValues;
  /**
   * How proxies distribute load over zones. Requires Istio 1.31.
   * @default - independent of the zone
   */
  readonly zoneAwareLbSetting?: HelmValues;
  /**
   * Which Services are visible to other clusters in ambient mode.
   * @default - none
   */
  readonly serviceScopeConfigs?: readonly HelmValues[];
  /**
   * The visibility of ServiceEntries. Requires Istio 1.31.
   * @default - their exportTo
   */
  readonly serviceEntryVisibility?: HelmValues;
  /**
   * The port on which a sidecar receives outbound traffic.
   * @default - 15001
   */
  readonly proxyListenPort?: number;
  /**
   * The port on which a sidecar receives inbound traffic.
   * @default - 15006
   */
  readonly proxyInboundListenPort?: number;
  /**
   * The HTTP proxy port of a sidecar.
   * @default - 0, disabled
   */
  readonly proxyHttpPort?: number;
  /**
   * The idle timeout of HBONE connections, such as 1h.
   * @default - 1h
   */
  readonly hboneIdleTimeout?: string;
  /**
   * The interval at which a proxy resolves the names of external Services, such as 60s.
   * @default - 60s
   */
  readonly dnsRefreshRate?: string;
  /**
   * Whether proxies send access logs to the service in `defaultConfig.envoyAccessLogService`.
   * @default - false
   */
  readonly enableEnvoyAccessLogService?: boolean;
  /**
   * Whether to exclude connections without a route from access logs.
   * @default - false
   */
  readonly disableEnvoyListenerLog?: boolean;
  /**
   * The pattern for names of inbound clusters in Envoy statistics.
   * @default - the default of Envoy
   */
  readonly inboundClusterStatName?: string;
  /**
   * The pattern for names of outbound clusters in Envoy statistics.
   * @default - the default of Envoy
   */
  readonly outboundClusterStatName?: string;
  /**
   * The sources from which istiod reads custom resources, instead of the API server.
   * @default - the API server
   */
  readonly configSources?: readonly HelmValues[];
  /**
   * An external CA that signs workload certificates.
   * @default - istiod signs them
   */
  readonly ca?: HelmValues;
  /**
   * Certificates for DNS names. Deprecated.
   * @default - none
   */
  readonly certificates?: readonly HelmValues[];
  /**
   * Whether clients verify the certificates of external servers by default. Deprecated.
   * @default - true
   */
  readonly verifyCertificateAtClient?: boolean;
}

/** The encodings of access logs. */
export const accessLogEncodings = ['TEXT', 'JSON'] as const;
export type AccessLogEncoding = (typeof accessLogEncodings)[number];

/** Whether proxies upgrade HTTP/1.1 connections between them to HTTP/2. */
export const h2UpgradePolicies = ['DO_NOT_UPGRADE', 'UPGRADE'] as const;
export type H2UpgradePolicy = (typeof h2UpgradePolicies)[number];

/** Which Ingress resources istiod serves. */
export const ingressControllerModes = ['UNSPECIFIED', 'OFF', 'DEFAULT', 'STRICT'] as const;
export type IngressControllerMode = (typeof ingressControllerModes)[number];

/** The destinations that outbound traffic can reach. */
export interface OutboundTrafficPolicy {
  /**
   * The mode: `ALLOW_ANY` allows all destinations, `REGISTRY_ONLY` only known Services, and
   * `ALLOW_ANY_DYNAMIC_DNS`, from Istio 1.30 on, destinations whose name resolves.
   * @default - ALLOW_ANY
   */
  readonly mode?: OutboundTrafficPolicyMode;
  /**
   * The TLS settings of connections to destinations with the mode `ALLOW_ANY_DYNAMIC_DNS`.
   * @default - none
   */
  readonly tls?: HelmValues;
}

/** The modes of the outbound traffic policy. */
export const outboundTrafficPolicyModes = ['ALLOW_ANY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'] as const;
export type OutboundTrafficPolicyMode = (typeof outboundTrafficPolicyModes)[number];

/** The default providers of Telemetry resources. */
export interface DefaultProviders {
  /**
   * Names of the providers of metrics.
   * @default - prometheus
   */
  readonly metrics?: readonly string[];
  /**
   * Names of the providers of traces.
   * @default - none
   */
  readonly tracing?: readonly string[];
  /**
   * Names of the providers of access logs.
   * @default - none
   */
  readonly accessLogging?: readonly string[];
}
