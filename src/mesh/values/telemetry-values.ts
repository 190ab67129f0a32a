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
