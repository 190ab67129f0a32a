import { isDeepStrictEqual } from 'node:util';
import { type HelmValue, type HelmValues, hasValue, isMap } from '../helm-values';

/** What a value of an older version of Istio can say without a loss, now that nothing reads it. */
type Accepted = 'off' | 'any' | readonly HelmValue[];

/** Settings of components that are gone, for which files say that they are not installed. */
const components = [
  ...['mixer', 'policy', 'telemetry.v1', 'pilot.policy', 'galley', 'security', 'citadel', 'nodeagent'],
  ...['grafana', 'kiali', 'prometheus', 'prometheusOperator', 'tracing', 'servicegraph', 'certmanager'],
  ...['istiocoredns', 'global.meshExpansion', 'global.k8sIngress', 'global.enableHelmTest', 'version'],
  // The images of istiod in its chart.
  ...['hub', 'tag'],
];

/** Switches and lists that are off by default. */
const off = [
  ...['useMCP', 'oneNamespace', 'centralIstiod', 'createRemoteSvcEndpoints', 'mtls.enabled', 'certificates'],
  ...[
    'trustDomainAliases',
    'defaultConfigVisibilitySettings',
    'remotePolicyAddress',
    'remoteTelemetryAddress',
  ],
  ...['tracer.lightstep.cacertPath', 'proxy.accessLogFile', 'proxy.accessLogFormat', 'proxy.envoyStatsd'],
  ...['proxy.envoyAccessLogService', 'proxy.envoyMetricsService', 'proxy.kubevirtInterfaces'],
].map((name) => `global.${name}`);

const offInPilot = [
  ...['useMCP', 'appNamespaces', 'configSource', 'meshNetworks', 'plugins'],
  ...['podAntiAffinityLabelSelector', 'podAntiAffinityTermLabelSelector'],
].map((name) => `pilot.${name}`);

const offInTelemetry = [
  ...['accessLogPolicy', 'prometheus.configOverride'],
  ...['configOverride', 'disableOutbound', 'logging', 'monitoring', 'outboundAccessLogging', 'topology'].map(
    (name) => `stackdriver.${name}`,
  ),
].map((name) => `telemetry.v2.${name}`);

const ofGateways: readonly (readonly [name: string, accepted: Accepted])[] = [
  ...['applicationPorts', 'certificates', 'domain', 'externalIPs', 'hosts', 'tls', 'zvpn'].map(
    (name): [string, Accepted] => [name, 'off'],
  ),
  ['debug', ['info']],
  // They were for the expansion of a mesh.
  ['meshExpansionPorts', 'any'],
  // Secrets come from istiod, without a node agent, since Istio 1.5.
  ['sds', 'any'],
  ['telemetry_addon_gateways', 'off'],
  ['telemetry_domain_name', 'off'],
];

const ingressByDefault = {
  ingressService: 'istio-ingressgateway',
  ingressControllerMode: 'STRICT',
  ingressClass: 'istio',
};

/** The webhook selects pods by their labels since Istio 1.10, as with both switches. */
const objectSelectors: readonly HelmValues[] = [
  { enabled: false },
  { autoInject: true },
  ...[true, false].map((enabled) => ({ autoInject: true, enabled })),
  { autoInject: false, enabled: false },
];

/**
 * The values of older versions of Istio, each with what it can say without a loss: that something which is gone is off, or
 * what every mesh does today. Files that began as the defaults of an older version are full of them.
 */
const formerDefaults: readonly (readonly [path: readonly string[], accepted: Accepted])[] = [
  ...[...components, ...off, ...offInPilot, ...offInTelemetry].map((name): [string, Accepted] => [
    name,
    'off',
  ]),
  ...['istio-ingressgateway', 'istio-egressgateway'].flatMap((gateway) =>
    ofGateways.map(([name, accepted]): [string, Accepted] => [`gateways.${gateway}.${name}`, accepted]),
  ),
  ...([
    ['clusterResources', [true]],
    ['cni.ambient.redirectMode', 'any'],
    ['cni.ownerName', 'off'],
    ['cni.revision', 'off'],
    ['cni.taint', 'off'],
    // It chose between two versions of an API, of which Kubernetes 1.26 has one.
    ['global.autoscalingv2API', 'any'],
    ['global.controlPlaneSecurityEnabled', [true]],
    ['global.disablePolicyChecks', [true]],
    ['global.enableTracing', [true]],
    ['global.istiod.enabled', [true]],
    ['global.localityLbSetting', [{ enabled: true }]],
    ['global.mtls.auto', [true]],
    ['global.outboundTrafficPolicy', [{ mode: 'ALLOW_ANY' }]],
    ['global.policyCheckFailOpen', 'any'],
    ['global.policyNamespace', 'any'],
    ['global.proxy.accessLogEncoding', ['', 'TEXT']],
    ['global.sds.enabled', 'any'],
    ['global.sds.udsPath', 'any'],
    ['global.telemetryNamespace', 'any'],
    ['pilot.configNamespace', 'any'],
    ['pilot.enableProtocolSniffingForInbound', [true]],
    ['pilot.enableProtocolSniffingForOutbound', [true]],
    ['pilot.ingress', [ingressByDefault]],
    ['pilot.podDisruptionBudget', [{}]],
    ['sidecarInjectorWebhook.enabled', [true]],
    ['sidecarInjectorWebhook.image', 'any'],
    ['sidecarInjectorWebhook.injectLabel', ['istio-injection']],
    ['sidecarInjectorWebhook.objectSelector', objectSelectors],
    ['sidecarInjectorWebhook.selfSigned', 'any'],
    ['sidecarInjectorWebhook.useLegacySelectors', 'off'],
    ['telemetry.v2.metadataExchange', 'any'],
    ['telemetry.v2.prometheus.wasmEnabled', 'any'],
  ] satisfies readonly (readonly [string, Accepted])[]),
].map(([name, accepted]) => [name.split('.'), accepted]);

/** The paths of values of older versions of Istio that say what is so today. */
export function formerDefaultsIn(values: HelmValues): (readonly string[])[] {
  return formerDefaults
    .filter(([path, accepted]) => hasValue(values, path) && isAccepted(valueIn(values, path), accepted))
    .map(([path]) => path);
}

function valueIn(values: HelmValues, path: readonly string[]): HelmValue {
  return path.reduce<HelmValue>((value, key) => (value as HelmValues)[key] ?? null, values);
}

function isAccepted(value: HelmValue, accepted: Accepted): boolean {
  if (accepted === 'any') return true;
  if (accepted === 'off') return isOff(value);
  return accepted.some((each) => isDeepStrictEqual(each, value));
}

/** Whether a value says that something is off: itself, by `enabled: false`, or by each of its parts. */
function isOff(value: HelmValue): boolean {
  if (isMap(value)) return value.enabled === false || Object.values(value).every(isOff);
  return Array.isArray(value) ? value.length === 0 : [false, '', null].includes(value as null);
}
