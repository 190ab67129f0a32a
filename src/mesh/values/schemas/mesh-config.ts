import { z } from 'zod';
import { labelSelector } from '../../kubernetes/label-selector';
import { dnsLabel, trustDomain } from '../../schema-types';
import {
  accessLogEncodings,
  type DefaultProviders,
  h2UpgradePolicies,
  ingressControllerModes,
  type MeshConfig,
  type OutboundTrafficPolicy,
  outboundTrafficPolicyModes,
} from '../mesh-config';
import { hostAndPort, wildcardDomain } from './addresses';
import { checked, flag, port, servedPort, text, texts } from './common';
import { anyDuration, durationWithin, positiveDuration } from './durations';
import { extensionProviders } from './extension-provider';
import { localityLoadBalancing, zoneAwareLoadBalancing } from './load-balancing';
import { type Check, message, messageOf } from './proto-json';
import { defaultProxyConfig } from './proxy-config';
import { caCertificate, clientTls, meshTls, tlsDefaults } from './tls';
import { defaultTrafficPolicy, httpRetryPolicy, tcpKeepalive } from './traffic-policy';

/** The shape of Istio's `meshConfig`, as far as this package knows it. */
export function meshConfig() {
  return messageOf<MeshConfig>(
    {
      trustDomain: text,
      trustDomainAliases: z.array(trustDomain),
      rootNamespace: dnsLabel,
      defaultConfig: defaultProxyConfig(),
      accessLogFile: text,
      accessLogFormat: text,
      accessLogEncoding: z.enum(accessLogEncodings),
      enablePrometheusMerge: flag,
      enableTracing: flag,
      enableAutoMtls: flag,
      outboundTrafficPolicy: messageOf<OutboundTrafficPolicy>({
        mode: z.enum(outboundTrafficPolicyModes),
        tls: checked(clientTls),
      }),
      extensionProviders: extensionProviders(),
      defaultProviders: messageOf<DefaultProviders>({ metrics: texts, tracing: texts, accessLogging: texts }),
      discoverySelectors: z.array(labelSelector),
      defaultServiceExportTo: texts,
      defaultVirtualServiceExportTo: texts,
      defaultDestinationRuleExportTo: texts,
      localityLbSetting: checked(localityLoadBalancing),
      serviceSettings: z.array(checked(serviceSetting)),
      connectTimeout: durationWithin({ unit: 'ms', zero: 'refused', maximumHours: 1 }),
      protocolDetectionTimeout: durationWithin({ unit: 'ms' }),
      tcpKeepalive: checked(tcpKeepalive),
      h2UpgradePolicy: z.enum(h2UpgradePolicies),
      pathNormalization: checked(pathNormalization),
      defaultHttpRetryPolicy: checked(httpRetryPolicy),
      ingressControllerMode: z.enum(ingressControllerModes),
      ingressClass: text,
      ingressService: text,
      ingressSelector: text,
      caCertificates: z.array(checked(caCertificate)),
      meshMTLS: checked(meshTls),
      tlsDefaults: checked(tlsDefaults),
      inboundTrafficPolicy: checked(inboundTrafficPolicy),
      defaultTrafficPolicy: checked(defaultTrafficPolicy),
      zoneAwareLbSetting: checked(zoneAwareLoadBalancing),
      serviceScopeConfigs: z.array(checked(serviceScope)),
      serviceEntryVisibility: checked(serviceEntryVisibility),
      proxyListenPort: servedPort,
      proxyInboundListenPort: servedPort,
      proxyHttpPort: port,
      hboneIdleTimeout: anyDuration,
      dnsRefreshRate: positiveDuration,
      enableEnvoyAccessLogService: flag,
      disableEnvoyListenerLog: flag,
      inboundClusterStatName: text,
      outboundClusterStatName: text,
      configSources: z.array(checked(configSource)),
      ca: checked(externalCa),
      certificates: z.array(checked(dnsCertificate)),
      verifyCertificateAtClient: flag,
    },
    mergedByName,
  );
}

/** istiod merges two maps over its defaults by their names in camel case, and ignores them otherwise. */
const mergedByName: Check = (_, report, { value }) => {
  for (const [key, name] of [
    ['default_config', 'defaultConfig'],
    ['default_providers', 'defaultProviders'],
  ] as const) {
    if (!Object.hasOwn(value as object, key)) continue;
    report([name], `istiod ignores ${key}.`, `Write ${name}.`);
  }
};

function serviceSetting() {
  return message({ settings: message({ clusterLocal: flag }), hosts: z.array(wildcardDomain) });
}

function pathNormalization() {
  const normalization = z.enum(['DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES']);
  return message({ normalization });
}

function inboundTrafficPolicy() {
  return message({ mode: z.enum(['PASSTHROUGH', 'LOCALHOST']) });
}

function serviceScope() {
  return message({
    namespaceSelector: labelSelector,
    servicesSelector: labelSelector,
    scope: z.enum(['LOCAL', 'GLOBAL']),
  });
}

function serviceEntryVisibility() {
  const visibility = z.enum(['VISIBILITY_UNSPECIFIED', 'NONE', 'NAMESPACE', 'PUBLIC']);
  const rule = message({ namespaceSelector: labelSelector });
  return message({
    defaultVisibility: visibility,
    applyToSidecars: flag,
    policies: z.array(message({ visibility, matchingRules: z.array(rule) })),
  });
}

function configSource() {
  return message({
    address: text,
    tlsSettings: clientTls(),
    subscribedResources: z.array(z.enum(['SERVICE_REGISTRY'])),
  });
}

function externalCa() {
  return message({
    address: hostAndPort('ca.example.com:443'),
    tlsSettings: clientTls(),
    requestTimeout: anyDuration,
    istiodSide: flag,
  });
}

function dnsCertificate() {
  return message({ secretName: text, dnsNames: texts });
}
