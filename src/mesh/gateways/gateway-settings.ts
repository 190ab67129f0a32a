import { type HelmValues, isMap, mergeValues } from '../helm-values';
import { crossNetworkPort, defaultRevision } from '../istio-names';
import type { ClusterIstio } from '../mesh';
import type { SecurityLevel } from '../security';
import type { ClusterGatewaysDefinition, GatewayDefinition, GatewaysDefinition } from './definition';
import { type GatewayNamespace, gatewayNamespace } from './namespace';
import { type Texts, textsOf } from './texts';

/** A gateway of a cluster: the values of Istio's chart `gateway` with their defaults. */
export interface GatewaySettings {
  /** The key of the definition, which stands for Helm's release. */
  readonly key: string;
  /** The name of the workload and of the Service. */
  readonly name: string;
  readonly namespace: GatewayNamespace;
  /** The labels by which the Service and the workload select the pods. */
  readonly selector: Texts;
  /** The revision of the proxy's control plane, if the pods name it. */
  readonly revision?: string;
  /** The version of Istio. */
  readonly version: string;
  readonly security: SecurityLevel;
  readonly values: GatewayValues;
}

/** The values that shape the objects of a gateway, without those that are null. */
export type GatewayValues = Omit<
  WithoutNull<GatewayDefinition>,
  'name' | 'namespace' | 'revision' | '_internal_defaults_do_not_set'
>;

/** Values as they are after null has unset defaults. */
export type WithoutNull<Values> = { readonly [Key in keyof Values]: Exclude<Values[Key], null> };

/** What a gateway depends on besides its own values. */
interface GatewayContext {
  readonly security: SecurityLevel;
  /** The revision of the first control plane of the cluster. */
  readonly revision: string;
  /** The version of Istio of each revision. */
  readonly versions: Readonly<Record<string, string>>;
  /** The platform in Istio's values. */
  readonly platform?: string;
}

/** The gateways of a cluster, with all defaults. */
export function gatewaysWithDefaults(
  ofMesh: GatewaysDefinition | undefined,
  ofCluster: ClusterGatewaysDefinition | undefined,
  istio: ClusterIstio,
  security: SecurityLevel,
): readonly GatewaySettings[] {
  const definitions = Object.entries(mergedGateways(ofMesh, ofCluster));
  if (definitions.length === 0) return [];
  const planes = [istio, ...(istio.canary === undefined ? [] : [istio.canary])];
  const { global, platform: ofAll } = istio.values;
  const platform = isMap(global) && global.platform !== undefined ? global.platform : ofAll;
  const context: GatewayContext = {
    security,
    revision: istio.revision,
    versions: Object.fromEntries(planes.map(({ revision, version }) => [revision, version])),
    ...(typeof platform === 'string' ? { platform } : {}),
  };
  return definitions.map(([key, definition]) => gatewaySettings(key, definition, context));
}

/** The definitions of a cluster's gateways: those of the cluster merged over those of the mesh. */
export function mergedGateways(
  ofMesh: GatewaysDefinition = {},
  ofCluster: ClusterGatewaysDefinition = {},
): GatewaysDefinition {
  const keys = [...new Set([...Object.keys(ofMesh), ...Object.keys(ofCluster)])];
  const merged = keys.flatMap((key) => {
    const own = ofCluster[key] ?? {};
    return own === 'disabled' ? [] : [[key, mergeValues(ofMesh[key] ?? {}, own)]];
  });
  return Object.fromEntries(merged);
}

/** Fills in the defaults of a gateway, in the order in which the chart merges its values. */
export function gatewaySettings(
  key: string,
  definition: GatewayDefinition,
  { security, revision: first, versions, platform }: GatewayContext,
): GatewaySettings {
  const { namespace, _internal_defaults_do_not_set: internal, ...given } = definition;
  const merged = mergeValues(
    gatewayDefaults,
    platform === undefined ? {} : { platform },
    security === 'hardened' ? hardenedDefaults : {},
    internal ?? {},
    ofThisChart(definition.global ?? {}),
    given,
  );
  const { name, revision, ...values } = withoutNulls(merged) as WithoutNull<GatewayDefinition>;
  const gatewayName = name || key;
  const label = revision || (first === defaultRevision ? undefined : first);
  return {
    key,
    name: gatewayName,
    namespace: gatewayNamespace(namespace),
    selector: selectorOf(gatewayName, values),
    ...(label === undefined ? {} : { revision: label }),
    version: versions[label ?? first] ?? versions[first] ?? '',
    security,
    values,
  };
}

/** Global values have the names of values of other charts, too. */
function ofThisChart(global: HelmValues): HelmValues {
  return Object.fromEntries(
    Object.entries(global).filter(([key]) => key === 'platform' || key in gatewayDefaults),
  );
}

/** Without the values that unset a default. Within the fields of Kubernetes, null has its meaning there. */
function withoutNulls(values: HelmValues): HelmValues {
  const maps = ['autoscaling', 'networkGatewayPorts', 'rbac', 'service', 'serviceAccount'];
  const entries = Object.entries(values).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, maps.includes(key) && isMap(value) ? withoutNulls(value) : value]),
  );
}

/** An empty label stays one, as Istio's chart recommends for gateways that were installed without it. */
function selectorOf(name: string, { labels }: Pick<GatewayValues, 'labels'>): Texts {
  const { app = name, istio = name.replace(/^istio-/, '') } = textsOf(labels);
  return { app, istio };
}

const hardenedDefaults: HelmValues = { global: { networkPolicy: { enabled: true } } };

/** The defaults of Istio's chart `gateway`. */
const gatewayDefaults: HelmValues = {
  name: '',
  revision: '',
  kind: 'Deployment',
  replicaCount: null,
  rbac: { enabled: true },
  serviceAccount: { create: true, annotations: {}, name: '' },
  podAnnotations: {
    'prometheus.io/port': '15020',
    'prometheus.io/scrape': 'true',
    'prometheus.io/path': '/stats/prometheus',
    'inject.istio.io/templates': 'gateway',
    'sidecar.istio.io/inject': 'true',
  },
  securityContext: {},
  containerSecurityContext: {},
  service: {
    type: 'LoadBalancer',
    clusterIP: '',
    ports: [
      { name: 'status-port', port: 15021, protocol: 'TCP', targetPort: 15021 },
      { name: 'http2', port: 80, protocol: 'TCP', targetPort: 80 },
      { name: 'https', port: 443, protocol: 'TCP', targetPort: 443 },
    ],
  },
  resources: {
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { cpu: '2000m', memory: '1024Mi' },
  },
  autoscaling: { enabled: true, minReplicas: 1, maxReplicas: 5, targetCPUUtilizationPercentage: 80 },
  env: {},
  envVarFrom: [],
  strategy: {},
  minReadySeconds: null,
  readinessProbe: {},
  // Keeps ztunnel from redirecting the traffic of the proxy.
  labels: { 'istio.io/dataplane-mode': 'none' },
  annotations: {},
  nodeSelector: {},
  tolerations: [],
  topologySpreadConstraints: [],
  affinity: {},
  networkGateway: '',
  networkGatewayPorts: {
    'status-port': { port: 15021, targetPort: 15021 },
    tls: { port: crossNetworkPort, targetPort: crossNetworkPort },
    'tls-istiod': { port: 15012, targetPort: 15012 },
    'tls-webhook': { port: 15017, targetPort: 15017 },
  },
  imagePullPolicy: '',
  imagePullSecrets: [],
  podDisruptionBudget: {},
  dnsPolicy: '',
  dnsConfig: {},
  terminationGracePeriodSeconds: 30,
  volumes: [],
  volumeMounts: [],
  initContainers: [],
  additionalContainers: [],
  priorityClassName: '',
  lifecycle: {},
};
