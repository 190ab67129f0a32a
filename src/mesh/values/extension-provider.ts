import type { HelmValues } from '../helm-values';

/**
 * A provider of telemetry or authorization: a name, and the settings of one kind.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export interface ExtensionProvider {
  readonly [kind: string]: unknown;
  /**
   * The name by which resources choose the provider.
   * @default - none; istiod demands one
   */
  readonly name?: string;
  /**
   * An authorization server that Envoy asks over HTTP.
   * @default - another kind
   */
  readonly envoyExtAuthzHttp?: HelmValues;
  /**
   * An authorization server that Envoy asks over gRPC.
   * @default - another kind
   */
  readonly envoyExtAuthzGrpc?: HelmValues;
  /**
   * A collector of traces that speaks OpenTelemetry.
   * @default - another kind
   */
  readonly opentelemetry?: HelmValues;
  /**
   * A Zipkin collector.
   * @default - another kind
   */
  readonly zipkin?: HelmValues;
  /**
   * A Datadog agent.
   * @default - another kind
   */
  readonly datadog?: HelmValues;
  /**
   * A SkyWalking server.
   * @default - another kind
   */
  readonly skywalking?: HelmValues;
  /**
   * Prometheus, which scrapes each proxy.
   * @default - another kind
   */
  readonly prometheus?: HelmValues;
  /**
   * Access logs in a file, such as /dev/stdout.
   * @default - another kind
   */
  readonly envoyFileAccessLog?: HelmValues;
  /**
   * A collector of access logs that speaks OpenTelemetry.
   * @default - another kind
   */
  readonly envoyOtelAls?: HelmValues;
  /**
   * A collector of access logs of HTTP that speaks Envoy's own protocol.
   * @default - another kind
   */
  readonly envoyHttpAls?: HelmValues;
  /**
   * A collector of access logs of TCP that speaks Envoy's own protocol.
   * @default - another kind
   */
  readonly envoyTcpAls?: HelmValues;
  /**
   * Google Cloud.
   * @default - another kind
   */
  readonly stackdriver?: HelmValues;
  /**
   * A Lightstep satellite pool. It is deprecated.
   * @default - another kind
   */
  readonly lightstep?: HelmValues;
  /**
   * A collector of traces that speaks OpenCensus. It is deprecated.
   * @default - another kind
   */
  readonly opencensus?: HelmValues;
  /**
   * A server from which proxies take secrets.
   * @default - another kind
   */
  readonly sds?: HelmValues;
}
