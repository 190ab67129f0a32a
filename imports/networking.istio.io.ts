// Written by `npm run imports`; change scripts/imports instead.
import { ApiObject, ApiObjectMetadata, GroupVersionKind } from 'cdk8s';
import { Construct } from 'constructs';

/** A DestinationRule of networking.istio.io, version v1. */
export class DestinationRule extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
  }

  public static manifest(props: DestinationRuleProps = {}): any {
    return {
      ...DestinationRule.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: DestinationRuleProps = {}) {
    super(scope, id, {
      ...DestinationRule.GVK,
      ...props,
    });
  }
}

export interface DestinationRuleProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: DestinationRuleSpec;
}

export interface DestinationRuleSpec {
  readonly exportTo?: string[];
  readonly host: string;
  readonly subsets?: DestinationRuleSpecSubsets[];
  readonly trafficPolicy?: DestinationRuleSpecTrafficPolicy;
  readonly workloadSelector?: DestinationRuleSpecWorkloadSelector;
}

export interface DestinationRuleSpecSubsets {
  readonly labels?: { [key: string]: string };
  readonly name: string;
  readonly trafficPolicy?: DestinationRuleSpecSubsetsTrafficPolicy;
}

export interface DestinationRuleSpecTrafficPolicy {
  readonly connectionPool?: DestinationRuleSpecTrafficPolicyConnectionPool;
  readonly loadBalancer?: DestinationRuleSpecTrafficPolicyLoadBalancer;
  readonly outlierDetection?: DestinationRuleSpecTrafficPolicyOutlierDetection;
  readonly portLevelSettings?: DestinationRuleSpecTrafficPolicyPortLevelSettings[];
  readonly proxyProtocol?: DestinationRuleSpecTrafficPolicyProxyProtocol;
  readonly retryBudget?: DestinationRuleSpecTrafficPolicyRetryBudget;
  readonly tls?: DestinationRuleSpecTrafficPolicyTls;
  readonly tunnel?: DestinationRuleSpecTrafficPolicyTunnel;
}

export interface DestinationRuleSpecWorkloadSelector {
  readonly matchLabels?: { [key: string]: string };
}

export interface DestinationRuleSpecSubsetsTrafficPolicy {
  readonly connectionPool?: DestinationRuleSpecSubsetsTrafficPolicyConnectionPool;
  readonly loadBalancer?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancer;
  readonly outlierDetection?: DestinationRuleSpecSubsetsTrafficPolicyOutlierDetection;
  readonly portLevelSettings?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettings[];
  readonly proxyProtocol?: DestinationRuleSpecSubsetsTrafficPolicyProxyProtocol;
  readonly retryBudget?: DestinationRuleSpecSubsetsTrafficPolicyRetryBudget;
  readonly tls?: DestinationRuleSpecSubsetsTrafficPolicyTls;
  readonly tunnel?: DestinationRuleSpecSubsetsTrafficPolicyTunnel;
}

export interface DestinationRuleSpecTrafficPolicyConnectionPool {
  readonly http?: DestinationRuleSpecTrafficPolicyConnectionPoolHttp;
  readonly tcp?: DestinationRuleSpecTrafficPolicyConnectionPoolTcp;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancer {
  readonly consistentHash?: DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash;
  readonly localityLbSetting?: DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting;
  readonly simple?: DestinationRuleSpecTrafficPolicyLoadBalancerSimple;
  readonly warmup?: DestinationRuleSpecTrafficPolicyLoadBalancerWarmup;
  readonly warmupDurationSecs?: string;
  readonly zoneAwareLbSetting?: DestinationRuleSpecTrafficPolicyLoadBalancerZoneAwareLbSetting;
}

export interface DestinationRuleSpecTrafficPolicyOutlierDetection {
  readonly baseEjectionTime?: string;
  readonly consecutive5xxErrors?: number;
  readonly consecutiveErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutiveLocalOriginFailures?: number;
  readonly interval?: string;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
  readonly outlierDetectionHttpErrorCodes?: number[];
  readonly splitExternalLocalOriginErrors?: boolean;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettings {
  readonly connectionPool?: DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPool;
  readonly loadBalancer?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancer;
  readonly outlierDetection?: DestinationRuleSpecTrafficPolicyPortLevelSettingsOutlierDetection;
  readonly port?: DestinationRuleSpecTrafficPolicyPortLevelSettingsPort;
  readonly tls?: DestinationRuleSpecTrafficPolicyPortLevelSettingsTls;
}

export interface DestinationRuleSpecTrafficPolicyProxyProtocol {
  readonly version?: DestinationRuleSpecTrafficPolicyProxyProtocolVersion;
}

export interface DestinationRuleSpecTrafficPolicyRetryBudget {
  readonly budgetInterval?: string;
  readonly minRetryConcurrency?: number;
  readonly percent?: number;
}

export interface DestinationRuleSpecTrafficPolicyTls {
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly clientCertificate?: string;
  readonly credentialName?: string;
  readonly insecureSkipVerify?: boolean;
  readonly mode?: DestinationRuleSpecTrafficPolicyTlsMode;
  readonly privateKey?: string;
  readonly sni?: string;
  readonly subjectAltNames?: string[];
}

export interface DestinationRuleSpecTrafficPolicyTunnel {
  readonly protocol?: string;
  readonly targetHost: string;
  readonly targetPort: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyConnectionPool {
  readonly http?: DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttp;
  readonly tcp?: DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolTcp;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancer {
  readonly consistentHash?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHash;
  readonly localityLbSetting?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerLocalityLbSetting;
  readonly simple?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerSimple;
  readonly warmup?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerWarmup;
  readonly warmupDurationSecs?: string;
  readonly zoneAwareLbSetting?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerZoneAwareLbSetting;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyOutlierDetection {
  readonly baseEjectionTime?: string;
  readonly consecutive5xxErrors?: number;
  readonly consecutiveErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutiveLocalOriginFailures?: number;
  readonly interval?: string;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
  readonly outlierDetectionHttpErrorCodes?: number[];
  readonly splitExternalLocalOriginErrors?: boolean;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettings {
  readonly connectionPool?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPool;
  readonly loadBalancer?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancer;
  readonly outlierDetection?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsOutlierDetection;
  readonly port?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsPort;
  readonly tls?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsTls;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyProxyProtocol {
  readonly version?: DestinationRuleSpecSubsetsTrafficPolicyProxyProtocolVersion;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyRetryBudget {
  readonly budgetInterval?: string;
  readonly minRetryConcurrency?: number;
  readonly percent?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyTls {
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly clientCertificate?: string;
  readonly credentialName?: string;
  readonly insecureSkipVerify?: boolean;
  readonly mode?: DestinationRuleSpecSubsetsTrafficPolicyTlsMode;
  readonly privateKey?: string;
  readonly sni?: string;
  readonly subjectAltNames?: string[];
}

export interface DestinationRuleSpecSubsetsTrafficPolicyTunnel {
  readonly protocol?: string;
  readonly targetHost: string;
  readonly targetPort: number;
}

export interface DestinationRuleSpecTrafficPolicyConnectionPoolHttp {
  readonly h2UpgradePolicy?: DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy;
  readonly http1MaxPendingRequests?: number;
  readonly http2KeepAlive?: DestinationRuleSpecTrafficPolicyConnectionPoolHttpHttp2KeepAlive;
  readonly http2MaxRequests?: number;
  readonly idleTimeout?: string;
  readonly maxConcurrentStreams?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly useClientProtocol?: boolean;
}

export interface DestinationRuleSpecTrafficPolicyConnectionPoolTcp {
  readonly connectTimeout?: string;
  readonly idleTimeout?: string;
  readonly maxConnectionDuration?: string;
  readonly maxConnections?: number;
  readonly tcpKeepalive?: DestinationRuleSpecTrafficPolicyConnectionPoolTcpTcpKeepalive;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHash {
  readonly httpCookie?: DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashHttpCookie;
  readonly httpHeaderName?: string;
  readonly httpQueryParameterName?: string;
  readonly maglev?: DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashMaglev;
  readonly minimumRingSize?: number;
  readonly ringHash?: DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashRingHash;
  readonly useSourceIp?: boolean;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSetting {
  readonly distribute?: DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingDistribute[];
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingFailover[];
  readonly failoverPriority?: string[];
}

export enum DestinationRuleSpecTrafficPolicyLoadBalancerSimple {
  UNSPECIFIED = "UNSPECIFIED",
  LEAST_CONN = "LEAST_CONN",
  RANDOM = "RANDOM",
  PASSTHROUGH = "PASSTHROUGH",
  ROUND_ROBIN = "ROUND_ROBIN",
  LEAST_REQUEST = "LEAST_REQUEST",
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerWarmup {
  readonly aggression?: number;
  readonly duration: string;
  readonly minimumPercent?: number;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerZoneAwareLbSetting {
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecTrafficPolicyLoadBalancerZoneAwareLbSettingFailover[];
  readonly failoverPriority?: string[];
  readonly minClusterSize?: number;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPool {
  readonly http?: DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolHttp;
  readonly tcp?: DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolTcp;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancer {
  readonly consistentHash?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHash;
  readonly localityLbSetting?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSetting;
  readonly simple?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerSimple;
  readonly warmup?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerWarmup;
  readonly warmupDurationSecs?: string;
  readonly zoneAwareLbSetting?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSetting;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsOutlierDetection {
  readonly baseEjectionTime?: string;
  readonly consecutive5xxErrors?: number;
  readonly consecutiveErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutiveLocalOriginFailures?: number;
  readonly interval?: string;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
  readonly outlierDetectionHttpErrorCodes?: number[];
  readonly splitExternalLocalOriginErrors?: boolean;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsPort {
  readonly number?: number;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsTls {
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly clientCertificate?: string;
  readonly credentialName?: string;
  readonly insecureSkipVerify?: boolean;
  readonly mode?: DestinationRuleSpecTrafficPolicyPortLevelSettingsTlsMode;
  readonly privateKey?: string;
  readonly sni?: string;
  readonly subjectAltNames?: string[];
}

export enum DestinationRuleSpecTrafficPolicyProxyProtocolVersion {
  V1 = "V1",
  V2 = "V2",
}

export enum DestinationRuleSpecTrafficPolicyTlsMode {
  DISABLE = "DISABLE",
  SIMPLE = "SIMPLE",
  MUTUAL = "MUTUAL",
  ISTIO_MUTUAL = "ISTIO_MUTUAL",
}

export interface DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttp {
  readonly h2UpgradePolicy?: DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttpH2UpgradePolicy;
  readonly http1MaxPendingRequests?: number;
  readonly http2KeepAlive?: DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttpHttp2KeepAlive;
  readonly http2MaxRequests?: number;
  readonly idleTimeout?: string;
  readonly maxConcurrentStreams?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly useClientProtocol?: boolean;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolTcp {
  readonly connectTimeout?: string;
  readonly idleTimeout?: string;
  readonly maxConnectionDuration?: string;
  readonly maxConnections?: number;
  readonly tcpKeepalive?: DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolTcpTcpKeepalive;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHash {
  readonly httpCookie?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashHttpCookie;
  readonly httpHeaderName?: string;
  readonly httpQueryParameterName?: string;
  readonly maglev?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashMaglev;
  readonly minimumRingSize?: number;
  readonly ringHash?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashRingHash;
  readonly useSourceIp?: boolean;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerLocalityLbSetting {
  readonly distribute?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerLocalityLbSettingDistribute[];
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerLocalityLbSettingFailover[];
  readonly failoverPriority?: string[];
}

export enum DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerSimple {
  UNSPECIFIED = "UNSPECIFIED",
  LEAST_CONN = "LEAST_CONN",
  RANDOM = "RANDOM",
  PASSTHROUGH = "PASSTHROUGH",
  ROUND_ROBIN = "ROUND_ROBIN",
  LEAST_REQUEST = "LEAST_REQUEST",
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerWarmup {
  readonly aggression?: number;
  readonly duration: string;
  readonly minimumPercent?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerZoneAwareLbSetting {
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerZoneAwareLbSettingFailover[];
  readonly failoverPriority?: string[];
  readonly minClusterSize?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPool {
  readonly http?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolHttp;
  readonly tcp?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolTcp;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancer {
  readonly consistentHash?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHash;
  readonly localityLbSetting?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSetting;
  readonly simple?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerSimple;
  readonly warmup?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerWarmup;
  readonly warmupDurationSecs?: string;
  readonly zoneAwareLbSetting?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSetting;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsOutlierDetection {
  readonly baseEjectionTime?: string;
  readonly consecutive5xxErrors?: number;
  readonly consecutiveErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutiveLocalOriginFailures?: number;
  readonly interval?: string;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
  readonly outlierDetectionHttpErrorCodes?: number[];
  readonly splitExternalLocalOriginErrors?: boolean;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsPort {
  readonly number?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsTls {
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly clientCertificate?: string;
  readonly credentialName?: string;
  readonly insecureSkipVerify?: boolean;
  readonly mode?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsTlsMode;
  readonly privateKey?: string;
  readonly sni?: string;
  readonly subjectAltNames?: string[];
}

export enum DestinationRuleSpecSubsetsTrafficPolicyProxyProtocolVersion {
  V1 = "V1",
  V2 = "V2",
}

export enum DestinationRuleSpecSubsetsTrafficPolicyTlsMode {
  DISABLE = "DISABLE",
  SIMPLE = "SIMPLE",
  MUTUAL = "MUTUAL",
  ISTIO_MUTUAL = "ISTIO_MUTUAL",
}

export enum DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy {
  DEFAULT = "DEFAULT",
  DO_NOT_UPGRADE = "DO_NOT_UPGRADE",
  UPGRADE = "UPGRADE",
}

export interface DestinationRuleSpecTrafficPolicyConnectionPoolHttpHttp2KeepAlive {
  readonly interval?: string;
  readonly timeout?: string;
}

export interface DestinationRuleSpecTrafficPolicyConnectionPoolTcpTcpKeepalive {
  readonly interval?: string;
  readonly probes?: number;
  readonly time?: string;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashHttpCookie {
  readonly attributes?: DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashHttpCookieAttributes[];
  readonly name: string;
  readonly path?: string;
  readonly ttl?: string;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashMaglev {
  readonly tableSize?: number;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashRingHash {
  readonly minimumRingSize?: number;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingDistribute {
  readonly from?: string;
  readonly to?: { [key: string]: number };
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerLocalityLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerZoneAwareLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolHttp {
  readonly h2UpgradePolicy?: DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolHttpH2UpgradePolicy;
  readonly http1MaxPendingRequests?: number;
  readonly http2KeepAlive?: DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolHttpHttp2KeepAlive;
  readonly http2MaxRequests?: number;
  readonly idleTimeout?: string;
  readonly maxConcurrentStreams?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly useClientProtocol?: boolean;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolTcp {
  readonly connectTimeout?: string;
  readonly idleTimeout?: string;
  readonly maxConnectionDuration?: string;
  readonly maxConnections?: number;
  readonly tcpKeepalive?: DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolTcpTcpKeepalive;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHash {
  readonly httpCookie?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookie;
  readonly httpHeaderName?: string;
  readonly httpQueryParameterName?: string;
  readonly maglev?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashMaglev;
  readonly minimumRingSize?: number;
  readonly ringHash?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashRingHash;
  readonly useSourceIp?: boolean;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSetting {
  readonly distribute?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingDistribute[];
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingFailover[];
  readonly failoverPriority?: string[];
}

export enum DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerSimple {
  UNSPECIFIED = "UNSPECIFIED",
  LEAST_CONN = "LEAST_CONN",
  RANDOM = "RANDOM",
  PASSTHROUGH = "PASSTHROUGH",
  ROUND_ROBIN = "ROUND_ROBIN",
  LEAST_REQUEST = "LEAST_REQUEST",
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerWarmup {
  readonly aggression?: number;
  readonly duration: string;
  readonly minimumPercent?: number;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSetting {
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSettingFailover[];
  readonly failoverPriority?: string[];
  readonly minClusterSize?: number;
}

export enum DestinationRuleSpecTrafficPolicyPortLevelSettingsTlsMode {
  DISABLE = "DISABLE",
  SIMPLE = "SIMPLE",
  MUTUAL = "MUTUAL",
  ISTIO_MUTUAL = "ISTIO_MUTUAL",
}

export enum DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttpH2UpgradePolicy {
  DEFAULT = "DEFAULT",
  DO_NOT_UPGRADE = "DO_NOT_UPGRADE",
  UPGRADE = "UPGRADE",
}

export interface DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttpHttp2KeepAlive {
  readonly interval?: string;
  readonly timeout?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolTcpTcpKeepalive {
  readonly interval?: string;
  readonly probes?: number;
  readonly time?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashHttpCookie {
  readonly attributes?: DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashHttpCookieAttributes[];
  readonly name: string;
  readonly path?: string;
  readonly ttl?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashMaglev {
  readonly tableSize?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashRingHash {
  readonly minimumRingSize?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerLocalityLbSettingDistribute {
  readonly from?: string;
  readonly to?: { [key: string]: number };
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerLocalityLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerZoneAwareLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolHttp {
  readonly h2UpgradePolicy?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolHttpH2UpgradePolicy;
  readonly http1MaxPendingRequests?: number;
  readonly http2KeepAlive?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolHttpHttp2KeepAlive;
  readonly http2MaxRequests?: number;
  readonly idleTimeout?: string;
  readonly maxConcurrentStreams?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly useClientProtocol?: boolean;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolTcp {
  readonly connectTimeout?: string;
  readonly idleTimeout?: string;
  readonly maxConnectionDuration?: string;
  readonly maxConnections?: number;
  readonly tcpKeepalive?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolTcpTcpKeepalive;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHash {
  readonly httpCookie?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookie;
  readonly httpHeaderName?: string;
  readonly httpQueryParameterName?: string;
  readonly maglev?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashMaglev;
  readonly minimumRingSize?: number;
  readonly ringHash?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashRingHash;
  readonly useSourceIp?: boolean;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSetting {
  readonly distribute?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingDistribute[];
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingFailover[];
  readonly failoverPriority?: string[];
}

export enum DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerSimple {
  UNSPECIFIED = "UNSPECIFIED",
  LEAST_CONN = "LEAST_CONN",
  RANDOM = "RANDOM",
  PASSTHROUGH = "PASSTHROUGH",
  ROUND_ROBIN = "ROUND_ROBIN",
  LEAST_REQUEST = "LEAST_REQUEST",
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerWarmup {
  readonly aggression?: number;
  readonly duration: string;
  readonly minimumPercent?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSetting {
  readonly enabled?: boolean;
  readonly failover?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSettingFailover[];
  readonly failoverPriority?: string[];
  readonly minClusterSize?: number;
}

export enum DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsTlsMode {
  DISABLE = "DISABLE",
  SIMPLE = "SIMPLE",
  MUTUAL = "MUTUAL",
  ISTIO_MUTUAL = "ISTIO_MUTUAL",
}

export interface DestinationRuleSpecTrafficPolicyLoadBalancerConsistentHashHttpCookieAttributes {
  readonly name: string;
  readonly value?: string;
}

export enum DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolHttpH2UpgradePolicy {
  DEFAULT = "DEFAULT",
  DO_NOT_UPGRADE = "DO_NOT_UPGRADE",
  UPGRADE = "UPGRADE",
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolHttpHttp2KeepAlive {
  readonly interval?: string;
  readonly timeout?: string;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsConnectionPoolTcpTcpKeepalive {
  readonly interval?: string;
  readonly probes?: number;
  readonly time?: string;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookie {
  readonly attributes?: DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookieAttributes[];
  readonly name: string;
  readonly path?: string;
  readonly ttl?: string;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashMaglev {
  readonly tableSize?: number;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashRingHash {
  readonly minimumRingSize?: number;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingDistribute {
  readonly from?: string;
  readonly to?: { [key: string]: number };
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyLoadBalancerConsistentHashHttpCookieAttributes {
  readonly name: string;
  readonly value?: string;
}

export enum DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolHttpH2UpgradePolicy {
  DEFAULT = "DEFAULT",
  DO_NOT_UPGRADE = "DO_NOT_UPGRADE",
  UPGRADE = "UPGRADE",
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolHttpHttp2KeepAlive {
  readonly interval?: string;
  readonly timeout?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsConnectionPoolTcpTcpKeepalive {
  readonly interval?: string;
  readonly probes?: number;
  readonly time?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookie {
  readonly attributes?: DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookieAttributes[];
  readonly name: string;
  readonly path?: string;
  readonly ttl?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashMaglev {
  readonly tableSize?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashRingHash {
  readonly minimumRingSize?: number;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingDistribute {
  readonly from?: string;
  readonly to?: { [key: string]: number };
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerLocalityLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerZoneAwareLbSettingFailover {
  readonly from?: string;
  readonly to?: string;
}

export interface DestinationRuleSpecTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookieAttributes {
  readonly name: string;
  readonly value?: string;
}

export interface DestinationRuleSpecSubsetsTrafficPolicyPortLevelSettingsLoadBalancerConsistentHashHttpCookieAttributes {
  readonly name: string;
  readonly value?: string;
}

/** A EnvoyFilter of networking.istio.io, version v1alpha3. */
export class EnvoyFilter extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
  }

  public static manifest(props: EnvoyFilterProps = {}): any {
    return {
      ...EnvoyFilter.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: EnvoyFilterProps = {}) {
    super(scope, id, {
      ...EnvoyFilter.GVK,
      ...props,
    });
  }
}

export interface EnvoyFilterProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: EnvoyFilterSpec;
}

export interface EnvoyFilterSpec {
  readonly configPatches?: EnvoyFilterSpecConfigPatches[];
  readonly priority?: number;
  readonly targetRefs?: EnvoyFilterSpecTargetRefs[];
  readonly workloadSelector?: EnvoyFilterSpecWorkloadSelector;
}

export interface EnvoyFilterSpecConfigPatches {
  readonly applyTo?: EnvoyFilterSpecConfigPatchesApplyTo;
  readonly match?: EnvoyFilterSpecConfigPatchesMatch;
  readonly patch?: EnvoyFilterSpecConfigPatchesPatch;
}

export interface EnvoyFilterSpecTargetRefs {
  readonly group?: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

export interface EnvoyFilterSpecWorkloadSelector {
  readonly labels?: { [key: string]: string };
}

export enum EnvoyFilterSpecConfigPatchesApplyTo {
  INVALID = "INVALID",
  LISTENER = "LISTENER",
  FILTER_CHAIN = "FILTER_CHAIN",
  NETWORK_FILTER = "NETWORK_FILTER",
  HTTP_FILTER = "HTTP_FILTER",
  ROUTE_CONFIGURATION = "ROUTE_CONFIGURATION",
  VIRTUAL_HOST = "VIRTUAL_HOST",
  HTTP_ROUTE = "HTTP_ROUTE",
  CLUSTER = "CLUSTER",
  EXTENSION_CONFIG = "EXTENSION_CONFIG",
  BOOTSTRAP = "BOOTSTRAP",
  LISTENER_FILTER = "LISTENER_FILTER",
}

export interface EnvoyFilterSpecConfigPatchesMatch {
  readonly cluster?: EnvoyFilterSpecConfigPatchesMatchCluster;
  readonly context?: EnvoyFilterSpecConfigPatchesMatchContext;
  readonly listener?: EnvoyFilterSpecConfigPatchesMatchListener;
  readonly proxy?: EnvoyFilterSpecConfigPatchesMatchProxy;
  readonly routeConfiguration?: EnvoyFilterSpecConfigPatchesMatchRouteConfiguration;
  readonly waypoint?: EnvoyFilterSpecConfigPatchesMatchWaypoint;
}

export interface EnvoyFilterSpecConfigPatchesPatch {
  readonly filterClass?: EnvoyFilterSpecConfigPatchesPatchFilterClass;
  readonly operation?: EnvoyFilterSpecConfigPatchesPatchOperation;
  readonly value?: any;
}

export interface EnvoyFilterSpecConfigPatchesMatchCluster {
  readonly name?: string;
  readonly portNumber?: number;
  readonly service?: string;
  readonly subset?: string;
}

export enum EnvoyFilterSpecConfigPatchesMatchContext {
  ANY = "ANY",
  SIDECAR_INBOUND = "SIDECAR_INBOUND",
  SIDECAR_OUTBOUND = "SIDECAR_OUTBOUND",
  GATEWAY = "GATEWAY",
  WAYPOINT = "WAYPOINT",
}

export interface EnvoyFilterSpecConfigPatchesMatchListener {
  readonly filterChain?: EnvoyFilterSpecConfigPatchesMatchListenerFilterChain;
  readonly listenerFilter?: string;
  readonly name?: string;
  readonly portName?: string;
  readonly portNumber?: number;
}

export interface EnvoyFilterSpecConfigPatchesMatchProxy {
  readonly metadata?: { [key: string]: string };
  readonly proxyVersion?: string;
}

export interface EnvoyFilterSpecConfigPatchesMatchRouteConfiguration {
  readonly gateway?: string;
  readonly name?: string;
  readonly portName?: string;
  readonly portNumber?: number;
  readonly vhost?: EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost;
}

export interface EnvoyFilterSpecConfigPatchesMatchWaypoint {
  readonly filter?: EnvoyFilterSpecConfigPatchesMatchWaypointFilter;
  readonly portNumber?: number;
  readonly route?: EnvoyFilterSpecConfigPatchesMatchWaypointRoute;
}

export enum EnvoyFilterSpecConfigPatchesPatchFilterClass {
  UNSPECIFIED = "UNSPECIFIED",
  AUTHN = "AUTHN",
  AUTHZ = "AUTHZ",
  STATS = "STATS",
}

export enum EnvoyFilterSpecConfigPatchesPatchOperation {
  INVALID = "INVALID",
  MERGE = "MERGE",
  ADD = "ADD",
  REMOVE = "REMOVE",
  INSERT_BEFORE = "INSERT_BEFORE",
  INSERT_AFTER = "INSERT_AFTER",
  INSERT_FIRST = "INSERT_FIRST",
  REPLACE = "REPLACE",
  MERGE_AND_REPLACE_LIST = "MERGE_AND_REPLACE_LIST",
}

export interface EnvoyFilterSpecConfigPatchesMatchListenerFilterChain {
  readonly applicationProtocols?: string;
  readonly destinationPort?: number;
  readonly filter?: EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter;
  readonly name?: string;
  readonly sni?: string;
  readonly transportProtocol?: string;
}

export interface EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhost {
  readonly domainName?: string;
  readonly name?: string;
  readonly route?: EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhostRoute;
}

export interface EnvoyFilterSpecConfigPatchesMatchWaypointFilter {
  readonly name?: string;
  readonly subFilter?: EnvoyFilterSpecConfigPatchesMatchWaypointFilterSubFilter;
}

export interface EnvoyFilterSpecConfigPatchesMatchWaypointRoute {
  readonly name?: string;
}

export interface EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilter {
  readonly name?: string;
  readonly subFilter?: EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter;
}

export interface EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhostRoute {
  readonly action?: EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhostRouteAction;
  readonly name?: string;
}

export interface EnvoyFilterSpecConfigPatchesMatchWaypointFilterSubFilter {
  readonly name?: string;
}

export interface EnvoyFilterSpecConfigPatchesMatchListenerFilterChainFilterSubFilter {
  readonly name?: string;
}

export enum EnvoyFilterSpecConfigPatchesMatchRouteConfigurationVhostRouteAction {
  ANY = "ANY",
  ROUTE = "ROUTE",
  REDIRECT = "REDIRECT",
  DIRECT_RESPONSE = "DIRECT_RESPONSE",
}

/** A Gateway of networking.istio.io, version v1. */
export class Gateway extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
  }

  public static manifest(props: GatewayProps = {}): any {
    return {
      ...Gateway.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: GatewayProps = {}) {
    super(scope, id, {
      ...Gateway.GVK,
      ...props,
    });
  }
}

export interface GatewayProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: GatewaySpec;
}

export interface GatewaySpec {
  readonly selector?: { [key: string]: string };
  readonly servers?: GatewaySpecServers[];
}

export interface GatewaySpecServers {
  readonly bind?: string;
  readonly defaultEndpoint?: string;
  readonly hosts: string[];
  readonly name?: string;
  readonly port: GatewaySpecServersPort;
  readonly tls?: GatewaySpecServersTls;
}

export interface GatewaySpecServersPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
  readonly targetPort?: number;
}

export interface GatewaySpecServersTls {
  readonly caCertCredentialName?: string;
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly cipherSuites?: string[];
  readonly credentialName?: string;
  readonly credentialNames?: string[];
  readonly httpsRedirect?: boolean;
  readonly insecureSkipVerify?: boolean;
  readonly maxProtocolVersion?: GatewaySpecServersTlsMaxProtocolVersion;
  readonly minProtocolVersion?: GatewaySpecServersTlsMinProtocolVersion;
  readonly mode?: GatewaySpecServersTlsMode;
  readonly privateKey?: string;
  readonly serverCertificate?: string;
  readonly subjectAltNames?: string[];
  readonly tlsCertificates?: GatewaySpecServersTlsTlsCertificates[];
  readonly verifyCertificateHash?: string[];
  readonly verifyCertificateSpki?: string[];
}

export enum GatewaySpecServersTlsMaxProtocolVersion {
  TLS_AUTO = "TLS_AUTO",
  TLSV1_0 = "TLSV1_0",
  TLSV1_1 = "TLSV1_1",
  TLSV1_2 = "TLSV1_2",
  TLSV1_3 = "TLSV1_3",
}

export enum GatewaySpecServersTlsMinProtocolVersion {
  TLS_AUTO = "TLS_AUTO",
  TLSV1_0 = "TLSV1_0",
  TLSV1_1 = "TLSV1_1",
  TLSV1_2 = "TLSV1_2",
  TLSV1_3 = "TLSV1_3",
}

export enum GatewaySpecServersTlsMode {
  PASSTHROUGH = "PASSTHROUGH",
  SIMPLE = "SIMPLE",
  MUTUAL = "MUTUAL",
  AUTO_PASSTHROUGH = "AUTO_PASSTHROUGH",
  ISTIO_MUTUAL = "ISTIO_MUTUAL",
  OPTIONAL_MUTUAL = "OPTIONAL_MUTUAL",
}

export interface GatewaySpecServersTlsTlsCertificates {
  readonly caCertificates?: string;
  readonly privateKey?: string;
  readonly serverCertificate?: string;
}

/** A ProxyConfig of networking.istio.io, version v1beta1. */
export class ProxyConfig extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'ProxyConfig',
  }

  public static manifest(props: ProxyConfigProps = {}): any {
    return {
      ...ProxyConfig.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: ProxyConfigProps = {}) {
    super(scope, id, {
      ...ProxyConfig.GVK,
      ...props,
    });
  }
}

export interface ProxyConfigProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: ProxyConfigSpec;
}

export interface ProxyConfigSpec {
  readonly concurrency?: number;
  readonly environmentVariables?: { [key: string]: string };
  readonly image?: ProxyConfigSpecImage;
  readonly selector?: ProxyConfigSpecSelector;
}

export interface ProxyConfigSpecImage {
  readonly imageType?: string;
}

export interface ProxyConfigSpecSelector {
  readonly matchLabels?: { [key: string]: string };
}

/** A ServiceEntry of networking.istio.io, version v1. */
export class ServiceEntry extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
  }

  public static manifest(props: ServiceEntryProps): any {
    return {
      ...ServiceEntry.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: ServiceEntryProps) {
    super(scope, id, {
      ...ServiceEntry.GVK,
      ...props,
    });
  }
}

export interface ServiceEntryProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: ServiceEntrySpec;
}

export interface ServiceEntrySpec {
  readonly addresses?: string[];
  readonly endpoints?: ServiceEntrySpecEndpoints[];
  readonly exportTo?: string[];
  readonly hosts: string[];
  readonly location?: ServiceEntrySpecLocation;
  readonly ports?: ServiceEntrySpecPorts[];
  readonly resolution?: ServiceEntrySpecResolution;
  readonly subjectAltNames?: string[];
  readonly workloadSelector?: ServiceEntrySpecWorkloadSelector;
}

export interface ServiceEntrySpecEndpoints {
  readonly address?: string;
  readonly labels?: { [key: string]: string };
  readonly locality?: string;
  readonly network?: string;
  readonly ports?: { [key: string]: number };
  readonly serviceAccount?: string;
  readonly weight?: number;
}

export enum ServiceEntrySpecLocation {
  MESH_EXTERNAL = "MESH_EXTERNAL",
  MESH_INTERNAL = "MESH_INTERNAL",
}

export interface ServiceEntrySpecPorts {
  readonly name: string;
  readonly number: number;
  readonly protocol?: string;
  readonly targetPort?: number;
}

export enum ServiceEntrySpecResolution {
  NONE = "NONE",
  STATIC = "STATIC",
  DNS = "DNS",
  DNS_ROUND_ROBIN = "DNS_ROUND_ROBIN",
  DYNAMIC_DNS = "DYNAMIC_DNS",
}

export interface ServiceEntrySpecWorkloadSelector {
  readonly labels?: { [key: string]: string };
}

/** A Sidecar of networking.istio.io, version v1. */
export class Sidecar extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Sidecar',
  }

  public static manifest(props: SidecarProps = {}): any {
    return {
      ...Sidecar.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: SidecarProps = {}) {
    super(scope, id, {
      ...Sidecar.GVK,
      ...props,
    });
  }
}

export interface SidecarProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: SidecarSpec;
}

export interface SidecarSpec {
  readonly egress?: SidecarSpecEgress[];
  readonly inboundConnectionPool?: SidecarSpecInboundConnectionPool;
  readonly ingress?: SidecarSpecIngress[];
  readonly outboundTrafficPolicy?: SidecarSpecOutboundTrafficPolicy;
  readonly workloadSelector?: SidecarSpecWorkloadSelector;
}

export interface SidecarSpecEgress {
  readonly bind?: string;
  readonly captureMode?: SidecarSpecEgressCaptureMode;
  readonly hosts: string[];
  readonly port?: SidecarSpecEgressPort;
}

export interface SidecarSpecInboundConnectionPool {
  readonly http?: SidecarSpecInboundConnectionPoolHttp;
  readonly tcp?: SidecarSpecInboundConnectionPoolTcp;
}

export interface SidecarSpecIngress {
  readonly bind?: string;
  readonly captureMode?: SidecarSpecIngressCaptureMode;
  readonly connectionPool?: SidecarSpecIngressConnectionPool;
  readonly defaultEndpoint?: string;
  readonly port: SidecarSpecIngressPort;
  readonly tls?: SidecarSpecIngressTls;
}

export interface SidecarSpecOutboundTrafficPolicy {
  readonly egressProxy?: SidecarSpecOutboundTrafficPolicyEgressProxy;
  readonly mode?: SidecarSpecOutboundTrafficPolicyMode;
}

export interface SidecarSpecWorkloadSelector {
  readonly labels?: { [key: string]: string };
}

export enum SidecarSpecEgressCaptureMode {
  DEFAULT = "DEFAULT",
  IPTABLES = "IPTABLES",
  NONE = "NONE",
}

export interface SidecarSpecEgressPort {
  readonly name?: string;
  readonly number?: number;
  readonly protocol?: string;
  readonly targetPort?: number;
}

export interface SidecarSpecInboundConnectionPoolHttp {
  readonly h2UpgradePolicy?: SidecarSpecInboundConnectionPoolHttpH2UpgradePolicy;
  readonly http1MaxPendingRequests?: number;
  readonly http2KeepAlive?: SidecarSpecInboundConnectionPoolHttpHttp2KeepAlive;
  readonly http2MaxRequests?: number;
  readonly idleTimeout?: string;
  readonly maxConcurrentStreams?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly useClientProtocol?: boolean;
}

export interface SidecarSpecInboundConnectionPoolTcp {
  readonly connectTimeout?: string;
  readonly idleTimeout?: string;
  readonly maxConnectionDuration?: string;
  readonly maxConnections?: number;
  readonly tcpKeepalive?: SidecarSpecInboundConnectionPoolTcpTcpKeepalive;
}

export enum SidecarSpecIngressCaptureMode {
  DEFAULT = "DEFAULT",
  IPTABLES = "IPTABLES",
  NONE = "NONE",
}

export interface SidecarSpecIngressConnectionPool {
  readonly http?: SidecarSpecIngressConnectionPoolHttp;
  readonly tcp?: SidecarSpecIngressConnectionPoolTcp;
}

export interface SidecarSpecIngressPort {
  readonly name?: string;
  readonly number?: number;
  readonly protocol?: string;
  readonly targetPort?: number;
}

export interface SidecarSpecIngressTls {
  readonly caCertCredentialName?: string;
  readonly caCertificates?: string;
  readonly caCrl?: string;
  readonly cipherSuites?: string[];
  readonly credentialName?: string;
  readonly credentialNames?: string[];
  readonly httpsRedirect?: boolean;
  readonly insecureSkipVerify?: boolean;
  readonly maxProtocolVersion?: SidecarSpecIngressTlsMaxProtocolVersion;
  readonly minProtocolVersion?: SidecarSpecIngressTlsMinProtocolVersion;
  readonly mode?: SidecarSpecIngressTlsMode;
  readonly privateKey?: string;
  readonly serverCertificate?: string;
  readonly subjectAltNames?: string[];
  readonly tlsCertificates?: SidecarSpecIngressTlsTlsCertificates[];
  readonly verifyCertificateHash?: string[];
  readonly verifyCertificateSpki?: string[];
}

export interface SidecarSpecOutboundTrafficPolicyEgressProxy {
  readonly host: string;
  readonly port?: SidecarSpecOutboundTrafficPolicyEgressProxyPort;
  readonly subset?: string;
}

export enum SidecarSpecOutboundTrafficPolicyMode {
  REGISTRY_ONLY = "REGISTRY_ONLY",
  ALLOW_ANY = "ALLOW_ANY",
}

export enum SidecarSpecInboundConnectionPoolHttpH2UpgradePolicy {
  DEFAULT = "DEFAULT",
  DO_NOT_UPGRADE = "DO_NOT_UPGRADE",
  UPGRADE = "UPGRADE",
}

export interface SidecarSpecInboundConnectionPoolHttpHttp2KeepAlive {
  readonly interval?: string;
  readonly timeout?: string;
}

export interface SidecarSpecInboundConnectionPoolTcpTcpKeepalive {
  readonly interval?: string;
  readonly probes?: number;
  readonly time?: string;
}

export interface SidecarSpecIngressConnectionPoolHttp {
  readonly h2UpgradePolicy?: SidecarSpecIngressConnectionPoolHttpH2UpgradePolicy;
  readonly http1MaxPendingRequests?: number;
  readonly http2KeepAlive?: SidecarSpecIngressConnectionPoolHttpHttp2KeepAlive;
  readonly http2MaxRequests?: number;
  readonly idleTimeout?: string;
  readonly maxConcurrentStreams?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly useClientProtocol?: boolean;
}

export interface SidecarSpecIngressConnectionPoolTcp {
  readonly connectTimeout?: string;
  readonly idleTimeout?: string;
  readonly maxConnectionDuration?: string;
  readonly maxConnections?: number;
  readonly tcpKeepalive?: SidecarSpecIngressConnectionPoolTcpTcpKeepalive;
}

export enum SidecarSpecIngressTlsMaxProtocolVersion {
  TLS_AUTO = "TLS_AUTO",
  TLSV1_0 = "TLSV1_0",
  TLSV1_1 = "TLSV1_1",
  TLSV1_2 = "TLSV1_2",
  TLSV1_3 = "TLSV1_3",
}

export enum SidecarSpecIngressTlsMinProtocolVersion {
  TLS_AUTO = "TLS_AUTO",
  TLSV1_0 = "TLSV1_0",
  TLSV1_1 = "TLSV1_1",
  TLSV1_2 = "TLSV1_2",
  TLSV1_3 = "TLSV1_3",
}

export enum SidecarSpecIngressTlsMode {
  PASSTHROUGH = "PASSTHROUGH",
  SIMPLE = "SIMPLE",
  MUTUAL = "MUTUAL",
  AUTO_PASSTHROUGH = "AUTO_PASSTHROUGH",
  ISTIO_MUTUAL = "ISTIO_MUTUAL",
  OPTIONAL_MUTUAL = "OPTIONAL_MUTUAL",
}

export interface SidecarSpecIngressTlsTlsCertificates {
  readonly caCertificates?: string;
  readonly privateKey?: string;
  readonly serverCertificate?: string;
}

export interface SidecarSpecOutboundTrafficPolicyEgressProxyPort {
  readonly number?: number;
}

export enum SidecarSpecIngressConnectionPoolHttpH2UpgradePolicy {
  DEFAULT = "DEFAULT",
  DO_NOT_UPGRADE = "DO_NOT_UPGRADE",
  UPGRADE = "UPGRADE",
}

export interface SidecarSpecIngressConnectionPoolHttpHttp2KeepAlive {
  readonly interval?: string;
  readonly timeout?: string;
}

export interface SidecarSpecIngressConnectionPoolTcpTcpKeepalive {
  readonly interval?: string;
  readonly probes?: number;
  readonly time?: string;
}

/** A VirtualService of networking.istio.io, version v1. */
export class VirtualService extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
  }

  public static manifest(props: VirtualServiceProps = {}): any {
    return {
      ...VirtualService.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: VirtualServiceProps = {}) {
    super(scope, id, {
      ...VirtualService.GVK,
      ...props,
    });
  }
}

export interface VirtualServiceProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec?: VirtualServiceSpec;
}

export interface VirtualServiceSpec {
  readonly exportTo?: string[];
  readonly gateways?: string[];
  readonly hosts?: string[];
  readonly http?: VirtualServiceSpecHttp[];
  readonly tcp?: VirtualServiceSpecTcp[];
  readonly tls?: VirtualServiceSpecTls[];
}

export interface VirtualServiceSpecHttp {
  readonly corsPolicy?: VirtualServiceSpecHttpCorsPolicy;
  readonly delegate?: VirtualServiceSpecHttpDelegate;
  readonly directResponse?: VirtualServiceSpecHttpDirectResponse;
  readonly fault?: VirtualServiceSpecHttpFault;
  readonly headers?: VirtualServiceSpecHttpHeaders;
  readonly match?: VirtualServiceSpecHttpMatch[];
  readonly mirror?: VirtualServiceSpecHttpMirror;
  readonly mirrorPercent?: number;
  readonly mirrorPercentage?: VirtualServiceSpecHttpMirrorPercentage;
  readonly mirrors?: VirtualServiceSpecHttpMirrors[];
  readonly name?: string;
  readonly redirect?: VirtualServiceSpecHttpRedirect;
  readonly retries?: VirtualServiceSpecHttpRetries;
  readonly rewrite?: VirtualServiceSpecHttpRewrite;
  readonly route?: VirtualServiceSpecHttpRoute[];
  readonly timeout?: string;
}

export interface VirtualServiceSpecTcp {
  readonly match?: VirtualServiceSpecTcpMatch[];
  readonly route?: VirtualServiceSpecTcpRoute[];
}

export interface VirtualServiceSpecTls {
  readonly match: VirtualServiceSpecTlsMatch[];
  readonly route?: VirtualServiceSpecTlsRoute[];
}

export interface VirtualServiceSpecHttpCorsPolicy {
  readonly allowCredentials?: boolean;
  readonly allowHeaders?: string[];
  readonly allowMethods?: string[];
  readonly allowOrigin?: string[];
  readonly allowOrigins?: VirtualServiceSpecHttpCorsPolicyAllowOrigins[];
  readonly exposeHeaders?: string[];
  readonly maxAge?: string;
  readonly unmatchedPreflights?: VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights;
}

export interface VirtualServiceSpecHttpDelegate {
  readonly name?: string;
  readonly namespace?: string;
}

export interface VirtualServiceSpecHttpDirectResponse {
  readonly body?: VirtualServiceSpecHttpDirectResponseBody;
  readonly status: number;
}

export interface VirtualServiceSpecHttpFault {
  readonly abort?: VirtualServiceSpecHttpFaultAbort;
  readonly delay?: VirtualServiceSpecHttpFaultDelay;
}

export interface VirtualServiceSpecHttpHeaders {
  readonly request?: VirtualServiceSpecHttpHeadersRequest;
  readonly response?: VirtualServiceSpecHttpHeadersResponse;
}

export interface VirtualServiceSpecHttpMatch {
  readonly authority?: VirtualServiceSpecHttpMatchAuthority;
  readonly gateways?: string[];
  readonly headers?: { [key: string]: VirtualServiceSpecHttpMatchHeaders };
  readonly ignoreUriCase?: boolean;
  readonly method?: VirtualServiceSpecHttpMatchMethod;
  readonly name?: string;
  readonly port?: number;
  readonly queryParams?: { [key: string]: VirtualServiceSpecHttpMatchQueryParams };
  readonly scheme?: VirtualServiceSpecHttpMatchScheme;
  readonly sourceLabels?: { [key: string]: string };
  readonly sourceNamespace?: string;
  readonly statPrefix?: string;
  readonly uri?: VirtualServiceSpecHttpMatchUri;
  readonly withoutHeaders?: { [key: string]: VirtualServiceSpecHttpMatchWithoutHeaders };
}

export interface VirtualServiceSpecHttpMirror {
  readonly host: string;
  readonly port?: VirtualServiceSpecHttpMirrorPort;
  readonly subset?: string;
}

export interface VirtualServiceSpecHttpMirrorPercentage {
  readonly value?: number;
}

export interface VirtualServiceSpecHttpMirrors {
  readonly destination: VirtualServiceSpecHttpMirrorsDestination;
  readonly percentage?: VirtualServiceSpecHttpMirrorsPercentage;
}

export interface VirtualServiceSpecHttpRedirect {
  readonly authority?: string;
  readonly derivePort?: VirtualServiceSpecHttpRedirectDerivePort;
  readonly port?: number;
  readonly prefixRewrite?: string;
  readonly redirectCode?: number;
  readonly scheme?: string;
  readonly uri?: string;
}

export interface VirtualServiceSpecHttpRetries {
  readonly attempts?: number;
  readonly backoff?: string;
  readonly perTryTimeout?: string;
  readonly retryIgnorePreviousHosts?: boolean;
  readonly retryOn?: string;
  readonly retryRemoteLocalities?: boolean;
}

export interface VirtualServiceSpecHttpRewrite {
  readonly authority?: string;
  readonly uri?: string;
  readonly uriRegexRewrite?: VirtualServiceSpecHttpRewriteUriRegexRewrite;
}

export interface VirtualServiceSpecHttpRoute {
  readonly destination: VirtualServiceSpecHttpRouteDestination;
  readonly headers?: VirtualServiceSpecHttpRouteHeaders;
  readonly weight?: number;
}

export interface VirtualServiceSpecTcpMatch {
  readonly destinationSubnets?: string[];
  readonly gateways?: string[];
  readonly port?: number;
  readonly sourceLabels?: { [key: string]: string };
  readonly sourceNamespace?: string;
  readonly sourceSubnet?: string;
}

export interface VirtualServiceSpecTcpRoute {
  readonly destination: VirtualServiceSpecTcpRouteDestination;
  readonly weight?: number;
}

export interface VirtualServiceSpecTlsMatch {
  readonly destinationSubnets?: string[];
  readonly gateways?: string[];
  readonly port?: number;
  readonly sniHosts: string[];
  readonly sourceLabels?: { [key: string]: string };
  readonly sourceNamespace?: string;
}

export interface VirtualServiceSpecTlsRoute {
  readonly destination: VirtualServiceSpecTlsRouteDestination;
  readonly weight?: number;
}

export interface VirtualServiceSpecHttpCorsPolicyAllowOrigins {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export enum VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights {
  UNSPECIFIED = "UNSPECIFIED",
  FORWARD = "FORWARD",
  IGNORE = "IGNORE",
}

export interface VirtualServiceSpecHttpDirectResponseBody {
  readonly bytes?: string;
  readonly string?: string;
}

export interface VirtualServiceSpecHttpFaultAbort {
  readonly grpcStatus?: string;
  readonly http2Error?: string;
  readonly httpStatus?: number;
  readonly percentage?: VirtualServiceSpecHttpFaultAbortPercentage;
}

export interface VirtualServiceSpecHttpFaultDelay {
  readonly exponentialDelay?: string;
  readonly fixedDelay?: string;
  readonly percent?: number;
  readonly percentage?: VirtualServiceSpecHttpFaultDelayPercentage;
}

export interface VirtualServiceSpecHttpHeadersRequest {
  readonly add?: { [key: string]: string };
  readonly remove?: string[];
  readonly set?: { [key: string]: string };
}

export interface VirtualServiceSpecHttpHeadersResponse {
  readonly add?: { [key: string]: string };
  readonly remove?: string[];
  readonly set?: { [key: string]: string };
}

export interface VirtualServiceSpecHttpMatchAuthority {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface VirtualServiceSpecHttpMatchHeaders {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface VirtualServiceSpecHttpMatchMethod {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface VirtualServiceSpecHttpMatchQueryParams {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface VirtualServiceSpecHttpMatchScheme {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface VirtualServiceSpecHttpMatchUri {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface VirtualServiceSpecHttpMatchWithoutHeaders {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface VirtualServiceSpecHttpMirrorPort {
  readonly number?: number;
}

export interface VirtualServiceSpecHttpMirrorsDestination {
  readonly host: string;
  readonly port?: VirtualServiceSpecHttpMirrorsDestinationPort;
  readonly subset?: string;
}

export interface VirtualServiceSpecHttpMirrorsPercentage {
  readonly value?: number;
}

export enum VirtualServiceSpecHttpRedirectDerivePort {
  FROM_PROTOCOL_DEFAULT = "FROM_PROTOCOL_DEFAULT",
  FROM_REQUEST_PORT = "FROM_REQUEST_PORT",
}

export interface VirtualServiceSpecHttpRewriteUriRegexRewrite {
  readonly match?: string;
  readonly rewrite?: string;
}

export interface VirtualServiceSpecHttpRouteDestination {
  readonly host: string;
  readonly port?: VirtualServiceSpecHttpRouteDestinationPort;
  readonly subset?: string;
}

export interface VirtualServiceSpecHttpRouteHeaders {
  readonly request?: VirtualServiceSpecHttpRouteHeadersRequest;
  readonly response?: VirtualServiceSpecHttpRouteHeadersResponse;
}

export interface VirtualServiceSpecTcpRouteDestination {
  readonly host: string;
  readonly port?: VirtualServiceSpecTcpRouteDestinationPort;
  readonly subset?: string;
}

export interface VirtualServiceSpecTlsRouteDestination {
  readonly host: string;
  readonly port?: VirtualServiceSpecTlsRouteDestinationPort;
  readonly subset?: string;
}

export interface VirtualServiceSpecHttpFaultAbortPercentage {
  readonly value?: number;
}

export interface VirtualServiceSpecHttpFaultDelayPercentage {
  readonly value?: number;
}

export interface VirtualServiceSpecHttpMirrorsDestinationPort {
  readonly number?: number;
}

export interface VirtualServiceSpecHttpRouteDestinationPort {
  readonly number?: number;
}

export interface VirtualServiceSpecHttpRouteHeadersRequest {
  readonly add?: { [key: string]: string };
  readonly remove?: string[];
  readonly set?: { [key: string]: string };
}

export interface VirtualServiceSpecHttpRouteHeadersResponse {
  readonly add?: { [key: string]: string };
  readonly remove?: string[];
  readonly set?: { [key: string]: string };
}

export interface VirtualServiceSpecTcpRouteDestinationPort {
  readonly number?: number;
}

export interface VirtualServiceSpecTlsRouteDestinationPort {
  readonly number?: number;
}

/** A WorkloadEntry of networking.istio.io, version v1. */
export class WorkloadEntry extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'WorkloadEntry',
  }

  public static manifest(props: WorkloadEntryProps): any {
    return {
      ...WorkloadEntry.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: WorkloadEntryProps) {
    super(scope, id, {
      ...WorkloadEntry.GVK,
      ...props,
    });
  }
}

export interface WorkloadEntryProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: WorkloadEntrySpec;
}

export interface WorkloadEntrySpec {
  readonly address?: string;
  readonly labels?: { [key: string]: string };
  readonly locality?: string;
  readonly network?: string;
  readonly ports?: { [key: string]: number };
  readonly serviceAccount?: string;
  readonly weight?: number;
}

/** A WorkloadGroup of networking.istio.io, version v1. */
export class WorkloadGroup extends ApiObject {
  public static readonly GVK: GroupVersionKind = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'WorkloadGroup',
  }

  public static manifest(props: WorkloadGroupProps): any {
    return {
      ...WorkloadGroup.GVK,
      ...props,
    };
  }

  public constructor(scope: Construct, id: string, props: WorkloadGroupProps) {
    super(scope, id, {
      ...WorkloadGroup.GVK,
      ...props,
    });
  }
}

export interface WorkloadGroupProps {
  readonly metadata?: ApiObjectMetadata;
  readonly spec: WorkloadGroupSpec;
}

export interface WorkloadGroupSpec {
  readonly metadata?: WorkloadGroupSpecMetadata;
  readonly probe?: WorkloadGroupSpecProbe;
  readonly template: WorkloadGroupSpecTemplate;
}

export interface WorkloadGroupSpecMetadata {
  readonly annotations?: { [key: string]: string };
  readonly labels?: { [key: string]: string };
}

export interface WorkloadGroupSpecProbe {
  readonly exec?: WorkloadGroupSpecProbeExec;
  readonly failureThreshold?: number;
  readonly grpc?: WorkloadGroupSpecProbeGrpc;
  readonly httpGet?: WorkloadGroupSpecProbeHttpGet;
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly tcpSocket?: WorkloadGroupSpecProbeTcpSocket;
  readonly timeoutSeconds?: number;
}

export interface WorkloadGroupSpecTemplate {
  readonly address?: string;
  readonly labels?: { [key: string]: string };
  readonly locality?: string;
  readonly network?: string;
  readonly ports?: { [key: string]: number };
  readonly serviceAccount?: string;
  readonly weight?: number;
}

export interface WorkloadGroupSpecProbeExec {
  readonly command: string[];
}

export interface WorkloadGroupSpecProbeGrpc {
  readonly port?: number;
  readonly service?: string;
}

export interface WorkloadGroupSpecProbeHttpGet {
  readonly host?: string;
  readonly httpHeaders?: WorkloadGroupSpecProbeHttpGetHttpHeaders[];
  readonly path?: string;
  readonly port: number;
  readonly scheme?: string;
}

export interface WorkloadGroupSpecProbeTcpSocket {
  readonly host?: string;
  readonly port: number;
}

export interface WorkloadGroupSpecProbeHttpGetHttpHeaders {
  readonly name?: string;
  readonly value?: string;
}
