/** A value that is not, or no longer, one of Istio's values, although files of others have it. */
export interface FormerValue {
  readonly path: readonly string[];
  /** What it is or was; continues a sentence that starts with the name of the value. */
  readonly reason: string;
  /** What to write or do instead, as an instruction. */
  readonly hint: string;
}

/** Values of older versions of Istio that have another name now. */
const successors: readonly (readonly [value: string, successor: string])[] = [
  ['global.certificates', 'meshConfig.certificates'],
  ['global.enableTracing', 'meshConfig.enableTracing'],
  ['global.localityLbSetting', 'meshConfig.localityLbSetting'],
  ['global.mtls.auto', 'meshConfig.enableAutoMtls'],
  ['global.outboundTrafficPolicy', 'meshConfig.outboundTrafficPolicy'],
  ['global.proxy.accessLogEncoding', 'meshConfig.accessLogEncoding'],
  ['global.proxy.accessLogFile', 'meshConfig.accessLogFile'],
  ['global.proxy.accessLogFormat', 'meshConfig.accessLogFormat'],
  ['global.proxy.concurrency', 'meshConfig.defaultConfig.concurrency'],
  ['global.proxy.dnsRefreshRate', 'meshConfig.dnsRefreshRate'],
  ['global.proxy.envoyAccessLogService', 'meshConfig.defaultConfig.envoyAccessLogService'],
  ['global.proxy.envoyMetricsService', 'meshConfig.defaultConfig.envoyMetricsService'],
  ['global.proxy.envoyStatsd', 'meshConfig.defaultConfig.statsdUdpAddress'],
  ['global.proxy.protocolDetectionTimeout', 'meshConfig.protocolDetectionTimeout'],
  ['global.trustDomainAliases', 'meshConfig.trustDomainAliases'],
  ['pilot.configSource', 'meshConfig.configSources'],
  ['pilot.enableProtocolSniffingForInbound', 'pilot.env.PILOT_ENABLE_PROTOCOL_SNIFFING_FOR_INBOUND'],
  ['pilot.enableProtocolSniffingForOutbound', 'pilot.env.PILOT_ENABLE_PROTOCOL_SNIFFING_FOR_OUTBOUND'],
  ['pilot.ingress', 'meshConfig.ingressControllerMode, .ingressClass and .ingressService'],
  ['pilot.meshNetworks', 'global.meshNetworks'],
  ['pilot.podDisruptionBudget', 'global.defaultPodDisruptionBudget.enabled, or pilot.pdb for the bounds'],
  ['sidecarInjectorWebhook.enabled', 'global.proxy.autoInject'],
];

/** Values of older versions of Istio with a replacement that is not a value. */
const replaced: readonly (readonly [value: string, reason: string, hint: string])[] = [
  [
    'global.oneNamespace',
    'restricted istiod to its own namespace, which Istio no longer does',
    'Remove it, and select the namespaces that istiod watches with meshConfig.discoverySelectors.',
  ],
  [
    'sidecarInjectorWebhook.objectSelector',
    'chose the pods of the webhook, which selects them by the label sidecar.istio.io/inject since Istio 1.10',
    'Remove it. For injection into labelled pods alone, label no namespace.',
  ],
  ...['logging', 'monitoring', 'topology'].map(
    (name) =>
      [
        `telemetry.v2.stackdriver.${name}`,
        'is a switch of older versions of Istio',
        'Remove it, and write a Telemetry resource with the provider stackdriver instead.',
      ] as const,
  ),
  ...['istio-ingressgateway', 'istio-egressgateway'].map(
    (gateway) =>
      [
        `gateways.${gateway}.externalIPs`,
        'is a value of older versions of Istio',
        'Write it as k8s.service.externalIPs of a component below istio.components.',
      ] as const,
  ),
];

const inMixer = 'configured Mixer, which Istio 1.8 removed';
const addon = 'configured an addon, which Istio installs no longer since 1.8';
const inIstiod = 'configured a component that is a part of istiod since Istio 1.5';

/** Values of older versions of Istio without a successor. */
const removed: readonly (readonly [value: string, reason: string, hint: string])[] = [
  ...['mixer', 'policy', 'global.disablePolicyChecks', 'telemetry.v1'].map(
    (value) =>
      [value, inMixer, 'Remove it. Istio has AuthorizationPolicy and Telemetry resources instead.'] as const,
  ),
  ...['grafana', 'kiali', 'prometheus', 'prometheusOperator', 'tracing', 'servicegraph', 'certmanager'].map(
    (value) => [value, addon, 'Remove it, and install the addon from its own chart.'] as const,
  ),
  ...['galley', 'security', 'citadel', 'nodeagent', 'global.useMCP', 'pilot.useMCP'].map(
    (value) => [value, inIstiod, 'Remove it, or move its settings of pods to pilot.'] as const,
  ),
  [
    'global.mtls.enabled',
    'made mutual TLS mandatory, which PeerAuthentication resources do since Istio 1.5',
    'Remove it. For mutual TLS everywhere, write security: hardened.',
  ],
  [
    'global.controlPlaneSecurityEnabled',
    'secured the connection to istiod, which always is since Istio 1.5',
    'Remove it.',
  ],
  [
    'global.meshExpansion',
    'exposed the control plane to other networks, which the east-west gateway does',
    'Remove it, and see eastWestGateway of the cluster.',
  ],
  [
    'istiocoredns',
    'configured CoreDNS, which the DNS proxy of sidecars has replaced',
    'Remove it, and write "true" as meshConfig.defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE.',
  ],
  [
    'telemetry.v2.prometheus.configOverride',
    "is refused by Istio's charts",
    'Remove it, and write a Telemetry resource with the overrides.',
  ],
  ...['configOverride', 'disableOutbound', 'inboundAccessLogging', 'outboundAccessLogging'].map(
    (name) =>
      [
        `telemetry.v2.stackdriver.${name}`,
        "is refused by Istio's charts",
        'Remove it, and write a Telemetry resource instead.',
      ] as const,
  ),
  ['telemetry.v2.accessLogPolicy', 'is always on since Istio 1.18', 'Remove it.'],
  ['defaults', "held the defaults of Istio's charts, which refuse it today", 'Move its keys one level up.'],
];

/** Values of older versions of Istio, each with what to write or do instead. */
export const formerValues: readonly FormerValue[] = [
  ...successors.map(([value, successor]) => ({
    path: value.split('.'),
    reason: 'is a value of older versions of Istio',
    hint: `Write ${successor} instead.`,
  })),
  ...[...replaced, ...removed].map(([value, reason, hint]) => ({ path: value.split('.'), reason, hint })),
  {
    path: ['ztunnel', 'global'],
    reason: 'would take the place of all values of global, which ztunnel reads as well',
    hint: 'Move its keys to istio.values.global.',
  },
  ...['cni', 'ztunnel'].map((chart) => ({
    path: [chart, 'profile'],
    reason: 'is the profile of a release of this chart alone',
    hint: 'Remove it. What it sets follows from dataPlane and istio.profile.',
  })),
  {
    path: ['cni', 'revision'],
    reason: 'is a label of a release of this chart alone',
    hint: 'Remove it. The node agent has the revision of the first control plane, istio.revision.',
  },
  {
    path: ['cni', 'global'],
    reason: 'would be read by the node agent alone',
    hint: 'Move its keys to istio.values.global.',
  },
  ...['hub', 'tag'].map((key) => ({
    path: [key],
    reason: 'is no Helm value: in an IstioOperator, it is beside the values',
    hint: `Move it to istio.${key}.`,
  })),
];

const wholeOperator =
  'Run istio-mesh init --from FILE, which reads a whole IstioOperator, or write only what is under its spec.values here.';

/** Keys of an IstioOperator beside its values, which no chart has, at the top of istio.values. */
export const operatorKeys: readonly FormerValue[] = [
  ...['apiVersion', 'kind', 'metadata', 'spec', 'addonComponents', 'installPackagePath'].map((key) => ({
    path: [key],
    reason: 'belongs to an IstioOperator, of which istio.values is only spec.values',
    hint: wholeOperator,
  })),
  {
    path: ['components'],
    reason: 'is no Helm value: in an IstioOperator, it is beside the values',
    hint: 'Move it to istio.components, or run istio-mesh init --from FILE, which reads a whole IstioOperator.',
  },
  ...['values', 'unvalidatedValues'].map((key) => ({
    path: [key],
    reason: 'is no Helm value: in an IstioOperator, it holds them',
    hint: 'Move its keys one level up.',
  })),
];
