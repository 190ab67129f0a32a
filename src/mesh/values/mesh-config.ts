import type { HelmValues } from '../helm-values';
import type { DefaultProxyConfig } from './default-proxy-config';
import type { ExtensionProvider } from './extension-provider';
import type { LabelSelectorValues } from './kubernetes-values';

/**
 * The configuration of the mesh that istiod reads at run time: every key of Istio's MeshConfig in 1.29 to
 * 1.31, what is often set with all of its types. Keys of other versions are passed on as they are.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/
 */
export interface MeshConfig {
  readonly [key: string]: unknown;
  /**
   * The trust domain. It follows from `trustDomain`.
   * @default - trustDomain
   */
  readonly trustDomain?: string;
  /**
   * Further trust domains that proxies accept as their own.
   * @default - none
   */
  readonly trustDomainAliases?: readonly string[];
  /**
   * The namespace whose resources hold for the whole mesh.
   * @default - the namespace of istiod
   */
  readonly rootNamespace?: string;
  /**
   * What every proxy starts with, unless an annotation or a ProxyConfig resource says otherwise.
   * @default - as istiod has it
   */
  readonly defaultConfig?: DefaultProxyConfig;
  /**
   * The file for access logs, such as /dev/stdout.
   * @default - none, no access logs
   */
  readonly accessLogFile?: string;
  /**
   * The format of access logs: a line with Envoy's command operators, or JSON of them.
   * @default - Envoy's, with a few of Istio's
   */
  readonly accessLogFormat?: string;
  /**
   * Whether access logs are lines of text or of JSON.
   * @default - TEXT
   */
  readonly accessLogEncoding?: AccessLogEncoding;
  /**
   * Whether the agent serves an application's Prometheus metrics together with the proxy's.
   * @default - true
   */
  readonly enablePrometheusMerge?: boolean;
  /**
   * Whether proxies report traces.
   * @default - false
   */
  readonly enableTracing?: boolean;
  /**
   * Whether proxies use mutual TLS with whatever has a proxy, too.
   * @default - true
   */
  readonly enableAutoMtls?: boolean;
  /**
   * Where outbound traffic may go.
   * @default - anywhere
   */
  readonly outboundTrafficPolicy?: OutboundTrafficPolicy;
  /**
   * Providers of telemetry and authorization, which Telemetry and AuthorizationPolicy resources name.
   * @default - prometheus, stackdriver and envoy, which istiod has
   */
  readonly extensionProviders?: readonly ExtensionProvider[];
  /**
   * The providers used where no Telemetry resource names others.
   * @default - prometheus for metrics
   */
  readonly defaultProviders?: DefaultProviders;
  /**
   * Selectors of the namespaces that istiod looks at; one of them must hold.
   * @default - all namespaces
   */
  readonly discoverySelectors?: readonly LabelSelectorValues[];
  /**
   * To which namespaces Services are visible that do not say it: `*`, `.` or names.
   * @default - all
   */
  readonly defaultServiceExportTo?: readonly string[];
  /**
   * To which namespaces VirtualServices are visible that do not say it.
   * @default - all
   */
  readonly defaultVirtualServiceExportTo?: readonly string[];
  /**
   * To which namespaces DestinationRules are visible that do not say it.
   * @default - all
   */
  readonly defaultDestinationRuleExportTo?: readonly string[];
  /**
   * Which endpoints are preferred by their place.
   * @default - those of the same region and zone, once there is outlier detection
   */
  readonly localityLbSetting?: HelmValues;
  /**
   * Which Services stay within their cluster.
   * @default - those of kube-system, and the API server
   */
  readonly serviceSettings?: readonly HelmValues[];
  /**
   * How long a connection may take, such as 10s.
   * @default - 10s
   */
  readonly connectTimeout?: string;
  /**
   * How long a proxy waits for the first bytes by which it knows the protocol.
   * @default - 0s, for ever
   */
  readonly protocolDetectionTimeout?: string;
  /**
   * How proxies keep idle TCP connections alive.
   * @default - as the operating system does
   */
  readonly tcpKeepalive?: HelmValues;
  /**
   * Whether HTTP/1.1 is upgraded to HTTP/2 between proxies.
   * @default - DO_NOT_UPGRADE
   */
  readonly h2UpgradePolicy?: H2UpgradePolicy;
  /**
   * How paths of requests are normalized before rules look at them.
   * @default - BASE
   */
  readonly pathNormalization?: HelmValues;
  /**
   * How often requests that fail are tried again, where no VirtualService says it.
   * @default - twice
   */
  readonly defaultHttpRetryPolicy?: HelmValues;
  /**
   * Which Ingress resources istiod serves.
   * @default - STRICT, those of the ingress class
   */
  readonly ingressControllerMode?: IngressControllerMode;
  /**
   * The class of the Ingress resources that istiod serves.
   * @default - istio
   */
  readonly ingressClass?: string;
  /**
   * The Service whose address Ingress resources show.
   * @default - istio-ingressgateway
   */
  readonly ingressService?: string;
  /**
   * The label `istio` of the gateway that serves Ingress resources.
   * @default - ingressgateway
   */
  readonly ingressSelector?: string;
  /**
   * Further root certificates that proxies trust.
   * @default - none
   */
  readonly caCertificates?: readonly HelmValues[];
  /**
   * What mutual TLS within the mesh demands.
   * @default - TLS 1.2
   */
  readonly meshMTLS?: HelmValues;
  /**
   * What TLS outside of the mesh demands.
   * @default - TLS 1.2
   */
  readonly tlsDefaults?: HelmValues;
  /**
   * Whether an application gets inbound traffic at the pod's address or at localhost.
   * @default - PASSTHROUGH, at the address of the pod
   */
  readonly inboundTrafficPolicy?: HelmValues;
  /**
   * The connection pool and outlier detection of Services for which no DestinationRule says it; from Istio 1.31 on.
   * @default - none
   */
  readonly defaultTrafficPolicy?: HelmValues;
  /**
   * How proxies spread load over zones; from Istio 1.31 on.
   * @default - not by zone
   */
  readonly zoneAwareLbSetting?: HelmValues;
  /**
   * Which Services are known beyond their cluster, in ambient mode.
   * @default - none
   */
  readonly serviceScopeConfigs?: readonly HelmValues[];
  /**
   * Which ServiceEntries are visible to whom; from Istio 1.31 on.
   * @default - as their exportTo says
   */
  readonly serviceEntryVisibility?: HelmValues;
  /**
   * The port on which a sidecar takes outbound traffic.
   * @default - 15001
   */
  readonly proxyListenPort?: number;
  /**
   * The port on which a sidecar takes inbound traffic.
   * @default - 15006
   */
  readonly proxyInboundListenPort?: number;
  /**
   * The port on which a sidecar is an HTTP proxy.
   * @default - 0, none
   */
  readonly proxyHttpPort?: number;
  /**
   * How long a connection of HBONE may be idle, such as 1h.
   * @default - 1h
   */
  readonly hboneIdleTimeout?: string;
  /**
   * How often a proxy looks up the names of external Services, such as 60s.
   * @default - 60s
   */
  readonly dnsRefreshRate?: string;
  /**
   * Whether proxies send access logs to the service that `defaultConfig.envoyAccessLogService` names.
   * @default - false
   */
  readonly enableEnvoyAccessLogService?: boolean;
  /**
   * Whether connections that no route takes are left out of access logs.
   * @default - false
   */
  readonly disableEnvoyListenerLog?: boolean;
  /**
   * The name of inbound clusters in Envoy's statistics, as a pattern.
   * @default - Envoy's own
   */
  readonly inboundClusterStatName?: string;
  /**
   * The name of outbound clusters in Envoy's statistics, as a pattern.
   * @default - Envoy's own
   */
  readonly outboundClusterStatName?: string;
  /**
   * Where istiod reads custom resources, in place of the API server.
   * @default - the API server
   */
  readonly configSources?: readonly HelmValues[];
  /**
   * A CA outside of istiod that signs the certificates of workloads.
   * @default - istiod signs them
   */
  readonly ca?: HelmValues;
  /**
   * Certificates that istiod once issued for DNS names. It is deprecated.
   * @default - none
   */
  readonly certificates?: readonly HelmValues[];
  /**
   * Whether clients verify the certificates of external servers where a DestinationRule does not say it. It is deprecated.
   * @default - true
   */
  readonly verifyCertificateAtClient?: boolean;
}

/** How access logs are encoded. */
export const accessLogEncodings = ['TEXT', 'JSON'] as const;
export type AccessLogEncoding = (typeof accessLogEncodings)[number];

/** Whether HTTP/1.1 is upgraded to HTTP/2 between proxies. */
export const h2UpgradePolicies = ['DO_NOT_UPGRADE', 'UPGRADE'] as const;
export type H2UpgradePolicy = (typeof h2UpgradePolicies)[number];

/** Which Ingress resources istiod serves. */
export const ingressControllerModes = ['UNSPECIFIED', 'OFF', 'DEFAULT', 'STRICT'] as const;
export type IngressControllerMode = (typeof ingressControllerModes)[number];

/** Where outbound traffic may go. */
export interface OutboundTrafficPolicy {
  /**
   * Anywhere, only to what the mesh knows, or, from Istio 1.30 on, to whatever a name resolves to.
   * @default - ALLOW_ANY
   */
  readonly mode?: OutboundTrafficPolicyMode;
}

/** The modes of outbound traffic. */
export const outboundTrafficPolicyModes = ['ALLOW_ANY', 'REGISTRY_ONLY', 'ALLOW_ANY_DYNAMIC_DNS'] as const;
export type OutboundTrafficPolicyMode = (typeof outboundTrafficPolicyModes)[number];

/** The providers used where no Telemetry resource names others. */
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
