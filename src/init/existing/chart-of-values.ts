import { basename, dirname } from 'node:path';
import { type HelmValues, isMap, mergeValues } from '../../mesh/helm-values';
import { keysAt } from '../../mesh/schema-keys';
import { istioValues } from '../../mesh/values/schemas/istio-values';
import type { Chart } from './part';

/** Keys by which the values of a chart are recognized, the most particular first. */
const particularKeys: readonly (readonly [Chart, readonly string[]])[] = [
  [
    'istiod',
    [
      ...[
        'pilot',
        'meshConfig',
        'sidecarInjectorWebhook',
        'telemetry',
        'istio_cni',
        'revisionTags',
        'istiodRemote',
      ],
      ...['gateways', 'autoscaleMin', 'autoscaleMax', 'autoscaleEnabled', 'traceSampling', 'rollingMaxSurge'],
      ...[
        'rollingMaxUnavailable',
        'keepaliveMaxServerConnectionAge',
        'jwksResolverExtraRootCA',
        'gatewayClasses',
      ],
      ...['configMap', 'ipFamilies', 'ipFamilyPolicy', 'memory', 'cpu', 'deploymentLabels', 'podLabels'],
    ],
  ],
  [
    'gateway',
    [
      ...['service', 'networkGateway', 'autoscaling', 'serviceAccount', 'rbac', 'containerSecurityContext'],
      ...['terminationGracePeriodSeconds', 'additionalContainers', 'kind', 'networkGatewayPorts'],
    ],
  ],
  [
    'cni',
    [
      ...['cni', 'cniBinDir', 'cniConfDir', 'cniConfFileName', 'cniNetnsDir', 'excludeNamespaces', 'repair'],
      ...['chained', 'ambient', 'resourceQuotas', 'daemonSetLabels'],
    ],
  ],
  ['ztunnel', ['resourceName', 'xdsAddress', 'caAddress', 'multiCluster', 'peerCaCrl']],
  ['base', ['base', 'defaultRevision', 'experimental']],
  [
    'gateway',
    ['labels', 'annotations', 'podAnnotations', 'replicaCount', 'resources', 'env', 'name', 'nodeSelector'],
  ],
  ['istiod', ['profile', 'revision']],
];

/** Charts of Istio keep their defaults below one of these keys, and users copy them. */
const defaultsKeys = ['_internal_defaults_do_not_set', 'defaults'];

/** Values with the defaults that users have copied from a chart at their place. */
export function withDefaults(values: HelmValues): HelmValues {
  const layers = defaultsKeys.flatMap((key) => values[key] ?? []).filter(isMap);
  const others = Object.entries(values).filter(
    ([key, value]) => !defaultsKeys.includes(key) || !isMap(value),
  );
  return layers.length === 0 ? values : mergeValues(...layers, Object.fromEntries(others));
}

/** Words in the names of files with values of a chart, and the keys of its values. */
const namedCharts: readonly (readonly [Chart, readonly string[], keys: () => readonly string[]])[] = [
  ['ztunnel', ['ztunnel'], () => keysAt(istioValues(), ['ztunnel'])],
  ['cni', ['cni'], () => ['cni', ...keysAt(istioValues(), ['cni'])]],
  ['istiod', ['istiod', 'discovery'], () => [[], ['pilot']].flatMap((path) => keysAt(istioValues(), path))],
];

/** Keys that all charts have. */
const commonKeys = ['global', 'profile', 'platform', 'revision', 'compatibilityVersion'];

/** The chart that a file names, such as ztunnel-values.yaml or cni/values.yaml, if all keys are those of its values. */
export function chartOfFile(file: string, values: HelmValues): Chart | undefined {
  const words = [basename(dirname(file)), basename(file)]
    .join(' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const keys = Object.keys(withDefaults(values));
  return namedCharts.find(([, names, known]) => {
    if (!names.some((name) => words.includes(name))) return false;
    const all = [...commonKeys, ...known()];
    return keys.every((key) => all.includes(key));
  })?.[0];
}

/** The chart that values are for, by their keys; undefined if they are for none of Istio's. */
export function chartOfValues(values: HelmValues): Chart | undefined {
  const { global, ...others } = withDefaults(values);
  const chart = particularKeys.find(([, keys]) => keys.some((key) => Object.hasOwn(others, key)))?.[0];
  if (chart !== undefined || !isMap(global)) return chart;
  return Object.keys(global).some((key) => keysAt(istioValues(), ['global']).includes(key))
    ? 'base'
    : undefined;
}

/** Whether values are those of the charts from which istioctl renders its gateways, and not of istiod. */
export function isGatewayComponent(values: HelmValues): boolean {
  const { gateways, pilot, meshConfig } = withDefaults(values);
  const found = Object.values(componentValues).flatMap((key) =>
    isMap(gateways) ? (gateways[key] ?? []) : [],
  );
  // Only these charts read labels of gateways. They also have the mesh configuration of istiod.
  const isOfChart = found.some((gateway) => isMap(gateway) && (isMap(gateway.labels) || !isMap(meshConfig)));
  return isOfChart && !isMap(pilot);
}

/** The values of gateways in the charts from which istioctl renders them, by the list of their components. */
export const componentValues = {
  ingressGateways: 'istio-ingressgateway',
  egressGateways: 'istio-egressgateway',
} as const;

/** The charts by the names of the keys under which a chart that depends on them has their values. */
const dependencies: Readonly<Record<string, Chart>> = {
  istiod: 'istiod',
  'istio-discovery': 'istiod',
  'istio-base': 'base',
  'istio-cni': 'cni',
  'istio-ztunnel': 'ztunnel',
  'istio-gateway': 'gateway',
  'istio-ingress': 'gateway',
  'istio-ingressgateway': 'gateway',
  'istio-egress': 'gateway',
  'istio-egressgateway': 'gateway',
  'istio-eastwestgateway': 'gateway',
};

/** Keys that also occur in values of other charts. */
const ambiguousDependencies: Readonly<Record<string, Chart>> = {
  base: 'base',
  cni: 'cni',
  gateway: 'gateway',
  ztunnel: 'ztunnel',
};

/** The values of a chart on which another one depends. */
interface Dependency {
  readonly key: string;
  readonly chart: Chart;
  readonly values: HelmValues;
  /** The name of a gateway if the key is one. */
  readonly name?: string;
}

/** The values of each chart of Istio on which a chart depends; none if the values are those of one chart. */
export function valuesOfDependencies(values: HelmValues): readonly Dependency[] {
  const { global, ...charts } = values;
  if (!Object.keys(charts).some((key) => Object.hasOwn(dependencies, key) && isMap(charts[key]))) return [];
  return Object.entries(charts).flatMap(([key, own]): Dependency[] => {
    if (!isMap(own)) return [];
    // The condition of a dependency is among its values.
    const { enabled, ...ownValues } = own;
    const chart = dependencies[key] ?? ambiguousDependencies[key] ?? chartOfAlias(ownValues);
    if (chart === undefined || enabled === false) return [];
    const given = isMap(global) ? mergeValues({ global }, ownValues) : ownValues;
    const isName = chart === 'gateway' && !['gateway', 'istio-gateway'].includes(key);
    return [{ key, chart, values: given, ...(isName ? { name: key } : {}) }];
  });
}

/** A chart can depend on several gateways under names of its own. */
function chartOfAlias(values: HelmValues): Chart | undefined {
  const chart = chartOfValues(values);
  return chart === 'gateway' ? chart : undefined;
}
