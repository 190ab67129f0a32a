import { z } from 'zod';
import type { DefaultProxyConfig, ProxyImage } from '../default-proxy-config';
import type { ExtensionProvider } from '../extension-provider';
import { imageVariants } from '../image-values';
import {
  accessLogEncodings,
  type DefaultProviders,
  h2UpgradePolicies,
  ingressControllerModes,
  type MeshConfig,
  type OutboundTrafficPolicy,
  outboundTrafficPolicyModes,
} from '../mesh-config';
import { labelSelectors } from './kubernetes-values';
import { openMapOf } from './maps';
import { anyMap, anyMaps, count, flag, text, textMap, texts } from './scalars';

/** The shape of Istio's `meshConfig`, as far as this package knows it. */
export function meshConfig() {
  return openMapOf<MeshConfig>({
    trustDomain: text,
    trustDomainAliases: texts,
    rootNamespace: text,
    defaultConfig: defaultProxyConfig(),
    accessLogFile: text,
    accessLogFormat: text,
    accessLogEncoding: z.enum(accessLogEncodings),
    enablePrometheusMerge: flag,
    enableTracing: flag,
    enableAutoMtls: flag,
    outboundTrafficPolicy: openMapOf<OutboundTrafficPolicy>({ mode: z.enum(outboundTrafficPolicyModes) }),
    extensionProviders: z.array(extensionProvider()),
    defaultProviders: openMapOf<DefaultProviders>({ metrics: texts, tracing: texts, accessLogging: texts }),
    discoverySelectors: labelSelectors,
    defaultServiceExportTo: texts,
    defaultVirtualServiceExportTo: texts,
    defaultDestinationRuleExportTo: texts,
    localityLbSetting: anyMap,
    serviceSettings: anyMaps,
    connectTimeout: text,
    protocolDetectionTimeout: text,
    tcpKeepalive: anyMap,
    h2UpgradePolicy: z.enum(h2UpgradePolicies),
    pathNormalization: anyMap,
    defaultHttpRetryPolicy: anyMap,
    ingressControllerMode: z.enum(ingressControllerModes),
    ingressClass: text,
    ingressService: text,
    ingressSelector: text,
    caCertificates: anyMaps,
    meshMTLS: anyMap,
    tlsDefaults: anyMap,
  });
}

function extensionProvider() {
  return openMapOf<ExtensionProvider>({
    name: text,
    envoyExtAuthzHttp: anyMap,
    envoyExtAuthzGrpc: anyMap,
    opentelemetry: anyMap,
    zipkin: anyMap,
    datadog: anyMap,
    skywalking: anyMap,
    prometheus: anyMap,
    envoyFileAccessLog: anyMap,
    envoyOtelAls: anyMap,
  });
}

function defaultProxyConfig() {
  return openMapOf<DefaultProxyConfig>({
    proxyMetadata: textMap,
    holdApplicationUntilProxyStarts: flag,
    concurrency: count,
    discoveryAddress: text,
    drainDuration: text,
    terminationDrainDuration: text,
    tracing: anyMap,
    image: openMapOf<ProxyImage>({ imageType: z.enum([...imageVariants, 'default']) }),
    proxyStatsMatcher: anyMap,
    extraStatTags: texts,
    gatewayTopology: anyMap,
    proxyHeaders: anyMap,
    privateKeyProvider: anyMap,
    readinessProbe: anyMap,
    envoyAccessLogService: anyMap,
    envoyMetricsService: anyMap,
    caCertificatesPem: texts,
    runtimeValues: textMap,
  });
}
