import { isMap } from '../mesh/helm-values';
import type { Cluster } from '../mesh/mesh';

/** The domain of the Services of a cluster: `global.proxy.clusterDomain` of Istio. */
export function clusterDomainOf({ istio: { values } }: Cluster): string {
  const proxy = isMap(values.global) ? values.global.proxy : undefined;
  const domain = isMap(proxy) ? proxy.clusterDomain : undefined;
  return typeof domain === 'string' && domain !== '' ? domain : 'cluster.local';
}
