import { type HelmValues, isMap } from '../../mesh/helm-values';
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
      ...['chained', 'provider', 'ambient', 'resourceQuotas', 'daemonSetLabels'],
    ],
  ],
  ['base', ['base', 'defaultRevision', 'global', 'experimental']],
  [
    'gateway',
    ['labels', 'annotations', 'podAnnotations', 'replicaCount', 'resources', 'env', 'name', 'nodeSelector'],
  ],
];

/** The chart that values are for, by their keys; undefined if they are for none of Istio's. */
export function chartOfValues(values: HelmValues): Chart | undefined {
  return particularKeys.find(([, keys]) => keys.some((key) => Object.hasOwn(values, key)))?.[0];
}

/** The charts by the names of the keys under which a chart that depends on them has their values. */
const dependencies: Readonly<Record<string, Chart>> = {
  istiod: 'istiod',
  'istio-discovery': 'istiod',
  gateway: 'gateway',
  'istio-gateway': 'gateway',
  'istio-ingress': 'gateway',
  'istio-base': 'base',
  'istio-cni': 'cni',
};

/** The values of each chart on which a chart depends, by their key; none if the values are those of one chart. */
export function valuesOfDependencies(values: HelmValues): readonly (readonly [string, Chart, HelmValues])[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const chart = Object.hasOwn(dependencies, key) ? dependencies[key] : undefined;
    return chart !== undefined && isMap(value) ? [[key, chart, value] as const] : [];
  });
}
