/** Which metrics and logs proxies produce. */
export interface TelemetryValues {
  /**
   * Whether proxies produce telemetry at all.
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * Telemetry that the proxies themselves produce; there is no other kind left.
   * @default - metrics for Prometheus
   */
  readonly v2?: TelemetryV2Values;
}

/** Telemetry that the proxies themselves produce. */
export interface TelemetryV2Values {
  /**
   * Whether the providers below become the mesh's default providers.
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * Metrics for Prometheus.
   * @default - enabled
   */
  readonly prometheus?: TelemetryProviderValues;
  /**
   * Metrics and access logs for Google Cloud.
   * @default - disabled
   */
  readonly stackdriver?: TelemetryProviderValues;
}

/** Whether a provider of telemetry is used. */
export interface TelemetryProviderValues {
  /**
   * Whether it is a default provider of the mesh.
   * @default - true for Prometheus, false for Google Cloud
   */
  readonly enabled?: boolean;
}

/** Backends for traces, for the tracer that `global.proxy.tracer` chooses. */
export interface TracerValues {
  /**
   * The Zipkin collector.
   * @default - zipkin in istiod's namespace
   */
  readonly zipkin?: TracerAddressValues;
  /**
   * The Lightstep satellite pool.
   * @default - none
   */
  readonly lightstep?: LightstepValues;
  /**
   * The Datadog agent.
   * @default - the agent of each node
   */
  readonly datadog?: TracerAddressValues;
  /**
   * Google Cloud Trace.
   * @default - 200 of each, no debug output
   */
  readonly stackdriver?: StackdriverTracerValues;
}

/** Where a backend takes traces. */
export interface TracerAddressValues {
  /**
   * Host and port.
   * @default - the tracer's own default
   */
  readonly address?: string;
}

/** The Lightstep satellite pool. */
export interface LightstepValues extends TracerAddressValues {
  /**
   * The token with which traces are accepted.
   * @default - none
   */
  readonly accessToken?: string;
}

/** Google Cloud Trace. */
export interface StackdriverTracerValues {
  /**
   * Whether traces are printed, too.
   * @default - false
   */
  readonly debug?: boolean;
  /**
   * The most attributes of a span.
   * @default - 200
   */
  readonly maxNumberOfAttributes?: number;
  /**
   * The most annotations of a span.
   * @default - 200
   */
  readonly maxNumberOfAnnotations?: number;
  /**
   * The most message events of a span.
   * @default - 200
   */
  readonly maxNumberOfMessageEvents?: number;
}
