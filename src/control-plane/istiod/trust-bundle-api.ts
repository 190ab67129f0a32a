import type { ChartValues } from '../values/chart-values';

/** Whether istiod publishes its root certificate as a ClusterTrustBundle, in place of ConfigMaps. */
export function trustBundleApi({ pilot }: ChartValues): boolean {
  return String(pilot.env.ENABLE_CLUSTER_TRUST_BUNDLE_API) === 'true';
}
