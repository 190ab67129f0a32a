import type { HelmValues } from '../helm-values';

/**
 * A provider of telemetry or authorization: a name and the settings of one kind of provider.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-ExtensionProvider
 */
export interface ExtensionProvider {
  readonly [kind: string]: unknown;
  /**
   * The name with which resources select the provider. istiod requires it.
   * @default - none
   */
  readonly name?: string;
  /**
   * An external authorization server with the HTTP protocol.
   * @default - none
   */
  readonly envoyExtAuthzHttp?: HelmValues;
  /**
   * An external authorization server with the gRPC protocol.
   * @default - none
   */
  readonly envoyExtAuthzGrpc?: HelmValues;
  /**
   * An OpenTelemetry collector of traces.
   * @default - none
   */
  readonly opentelemetry?: HelmValues;
  /**
   * A Zipkin collector.
   * @default - none
   */
  readonly zipkin?: HelmValues;
  /**
   * A Datadog agent.
   * @default - none
   */
  readonly datadog?: HelmValues;
  /**
   * A SkyWalking server.
   * @default - none
   */
  readonly skywalking?: HelmValues;
  /**
   * Prometheus, which scrapes each proxy.
   * @default - none
   */
  readonly prometheus?: HelmValues;
  /**
   * An access log file, such as /dev/stdout.
   * @default - none
   */
  readonly envoyFileAccessLog?: HelmValues;
  /**
   * An OpenTelemetry collector of access logs.
   * @default - none
   */
  readonly envoyOtelAls?: HelmValues;
  /**
   * An Envoy access log service for HTTP.
   * @default - none
   */
  readonly envoyHttpAls?: HelmValues;
  /**
   * An Envoy access log service for TCP.
   * @default - none
   */
  readonly envoyTcpAls?: HelmValues;
  /**
   * Google Cloud.
   * @default - none
   */
  readonly stackdriver?: HelmValues;
  /**
   * A Lightstep satellite pool. Deprecated.
   * @default - none
   */
  readonly lightstep?: HelmValues;
  /**
   * An OpenCensus collector of traces. Deprecated.
   * @default - none
   */
  readonly opencensus?: HelmValues;
  /**
   * A secret discovery service (SDS).
   * @default - none
   */
  readonly sds?: HelmValues;
}
