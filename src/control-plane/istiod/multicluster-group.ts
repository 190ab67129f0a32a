import type { ChartValues } from '../values/chart-values';

/** The API group of the Multi-Cluster Services API, which some platforms have under a name of their own. */
export function multiclusterGroup({ pilot }: ChartValues): string {
  return String(pilot.env.MCS_API_GROUP || 'multicluster.x-k8s.io');
}
