/** The metrics and logs of proxies. */
export interface TelemetryValues {
  /**
   * Whether proxies produce telemetry.
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * The telemetry that proxies produce.
   * @default - metrics for Prometheus
   */
  readonly v2?: TelemetryV2Values;
}

/** The telemetry that proxies produce. */
export interface TelemetryV2Values {
  /**
   * Whether the providers below are the default providers of the mesh.
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
   * Whether the provider is a default provider of the mesh.
   * @default - true for Prometheus, false for Google Cloud
   */
  readonly enabled?: boolean;
}

/** The backend of the tracer that `global.proxy.tracer` selects. */
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
   * @default - a maximum of 200 each, without debug output
   */
  readonly stackdriver?: StackdriverTracerValues;
}

/** The address of a tracing backend. */
export interface TracerAddressValues {
  /**
   * The host and the port.
   * @default - the default of the tracer
   */
  readonly address?: string;
}

/** The Lightstep satellite pool. */
export interface LightstepValues extends TracerAddressValues {
  /**
   * The access token.
   * @default - none
   */
  readonly accessToken?: string;
}

/** Google Cloud Trace. */
export interface StackdriverTracerValues {
  /**
   * Whether traces are also written to the output of the proxy.
   * @default - false
   */
  readonly debug?: boolean;
  /**
   * The maximum number of attributes of a span.
   * @default - 200
   */
  readonly maxNumberOfAttributes?: number;
  /**
   * The maximum number of annotations of a span.
   * @default - 200
   */
  readonly maxNumberOfAnnotations?: number;
  /**
   * The maximum number of message events of a span.
   * @default - 200
   */
  readonly maxNumberOfMessageEvents?: number;
}
