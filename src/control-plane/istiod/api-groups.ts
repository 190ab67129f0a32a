import type { ChartValues } from '../values/chart-values';

/** The API groups of the resources that configure Istio today. */
export const configurationGroups = [
  'security.istio.io',
  'networking.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
];

/**
 * The same groups and those of older releases. An older istiod in the same cluster may still watch them, and
 * stops working if their shared role no longer allows it.
 *
 * @see https://github.com/istio/istio/issues/29382
 */
export const allGroups = [
  'config.istio.io',
  'security.istio.io',
  'networking.istio.io',
  'authentication.istio.io',
  'rbac.istio.io',
  'telemetry.istio.io',
  'extensions.istio.io',
];

/** The API group of the Multi-Cluster Services API, which has another name on some platforms. */
export function multiclusterGroup({ pilot }: Pick<ChartValues, 'pilot'>): string {
  return String(pilot.env.MCS_API_GROUP || 'multicluster.x-k8s.io');
}

/** Whether istiod publishes its root certificate in a ClusterTrustBundle instead of ConfigMaps. */
export function trustBundleApi({ pilot }: Pick<ChartValues, 'pilot'>): boolean {
  return String(pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API) === 'true';
}
