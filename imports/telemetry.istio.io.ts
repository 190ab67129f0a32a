// Written by `npm run imports`; change scripts/imports instead.
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';

/** A Telemetry of telemetry.istio.io, version v1. */
export class Telemetry extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
  }

  public static manifest(props: TelemetryProps = {}): any {
    return {
      ...Telemetry.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: TelemetryProps = {}) {
    super(scope, id, {
      ...Telemetry.GVK,
      ...props,
    });
  }
}

export interface TelemetryProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: TelemetrySpec;
}

export interface TelemetrySpec {
  readonly accessLogging?: TelemetrySpecAccessLogging[];
  readonly metrics?: TelemetrySpecMetrics[];
  readonly selector?: TelemetrySpecSelector;
  readonly targetRef?: TelemetrySpecTargetRef;
  readonly targetRefs?: TelemetrySpecTargetRefs[];
  readonly tracing?: TelemetrySpecTracing[];
}

export interface TelemetrySpecAccessLogging {
  readonly disabled?: boolean;
  readonly filter?: TelemetrySpecAccessLoggingFilter;
  readonly match?: TelemetrySpecAccessLoggingMatch;
  readonly providers?: TelemetrySpecAccessLoggingProviders[];
}

export interface TelemetrySpecMetrics {
  readonly overrides?: TelemetrySpecMetricsOverrides[];
  readonly providers?: TelemetrySpecMetricsProviders[];
  readonly reportingInterval?: string;
}

export interface TelemetrySpecSelector {
  readonly matchLabels?: { [key: string]: string };
}

export interface TelemetrySpecTargetRef {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface TelemetrySpecTargetRefs {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface TelemetrySpecTracing {
  readonly customTags?: { [key: string]: TelemetrySpecTracingCustomTags };
  readonly disableContextPropagation?: boolean;
  readonly disableSpanReporting?: boolean;
  readonly enableIstioTags?: boolean;
  readonly match?: TelemetrySpecTracingMatch;
  readonly providers?: TelemetrySpecTracingProviders[];
  readonly randomSamplingPercentage?: number;
  readonly useRequestIdForTraceSampling?: boolean;
}

export interface TelemetrySpecAccessLoggingFilter {
  readonly expression?: string;
}

export interface TelemetrySpecAccessLoggingMatch {
  readonly mode?: TelemetrySpecAccessLoggingMatchMode;
}

export interface TelemetrySpecAccessLoggingProviders {
  readonly name: string;
}

export interface TelemetrySpecMetricsOverrides {
  readonly disabled?: boolean;
  readonly match?: TelemetrySpecMetricsOverridesMatch;
  readonly tagOverrides?: { [key: string]: TelemetrySpecMetricsOverridesTagOverrides };
}

export interface TelemetrySpecMetricsProviders {
  readonly name: string;
}

export interface TelemetrySpecTracingCustomTags {
  readonly environment?: TelemetrySpecTracingCustomTagsEnvironment;
  readonly formatter?: TelemetrySpecTracingCustomTagsFormatter;
  readonly header?: TelemetrySpecTracingCustomTagsHeader;
  readonly literal?: TelemetrySpecTracingCustomTagsLiteral;
}

export interface TelemetrySpecTracingMatch {
  readonly mode?: TelemetrySpecTracingMatchMode;
}

export interface TelemetrySpecTracingProviders {
  readonly name: string;
}

export enum TelemetrySpecAccessLoggingMatchMode {
  CLIENT_AND_SERVER = "CLIENT_AND_SERVER",
  CLIENT = "CLIENT",
  SERVER = "SERVER",
}

export interface TelemetrySpecMetricsOverridesMatch {
  readonly customMetric?: string;
  readonly metric?: TelemetrySpecMetricsOverridesMatchMetric;
  readonly mode?: TelemetrySpecMetricsOverridesMatchMode;
}

export interface TelemetrySpecMetricsOverridesTagOverrides {
  readonly operation?: TelemetrySpecMetricsOverridesTagOverridesOperation;
  readonly value?: string;
}

export interface TelemetrySpecTracingCustomTagsEnvironment {
  readonly defaultValue?: string;
  readonly name: string;
}

export interface TelemetrySpecTracingCustomTagsFormatter {
  readonly value: string;
}

export interface TelemetrySpecTracingCustomTagsHeader {
  readonly defaultValue?: string;
  readonly name: string;
}

export interface TelemetrySpecTracingCustomTagsLiteral {
  readonly value: string;
}

export enum TelemetrySpecTracingMatchMode {
  CLIENT_AND_SERVER = "CLIENT_AND_SERVER",
  CLIENT = "CLIENT",
  SERVER = "SERVER",
}

export enum TelemetrySpecMetricsOverridesMatchMetric {
  ALL_METRICS = "ALL_METRICS",
  REQUEST_COUNT = "REQUEST_COUNT",
  REQUEST_DURATION = "REQUEST_DURATION",
  REQUEST_SIZE = "REQUEST_SIZE",
  RESPONSE_SIZE = "RESPONSE_SIZE",
  TCP_OPENED_CONNECTIONS = "TCP_OPENED_CONNECTIONS",
  TCP_CLOSED_CONNECTIONS = "TCP_CLOSED_CONNECTIONS",
  TCP_SENT_BYTES = "TCP_SENT_BYTES",
  TCP_RECEIVED_BYTES = "TCP_RECEIVED_BYTES",
  GRPC_REQUEST_MESSAGES = "GRPC_REQUEST_MESSAGES",
  GRPC_RESPONSE_MESSAGES = "GRPC_RESPONSE_MESSAGES",
}

export enum TelemetrySpecMetricsOverridesMatchMode {
  CLIENT_AND_SERVER = "CLIENT_AND_SERVER",
  CLIENT = "CLIENT",
  SERVER = "SERVER",
}

export enum TelemetrySpecMetricsOverridesTagOverridesOperation {
  UPSERT = "UPSERT",
  REMOVE = "REMOVE",
}
