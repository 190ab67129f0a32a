import type { HelmValues } from '../helm-values';
import type { ImageVariant } from './image-values';

/**
 * What a proxy starts with. What is often set is here with its type; the other keys of Istio's ProxyConfig
 * are passed on as they are, and istiod itself checks them.
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
}

/** The image of a proxy. */
export interface ProxyImage {
  /**
   * Its kind: debug or distroless.
   * @default - global.variant
   */
  readonly imageType?: ImageVariant | 'default';
}
