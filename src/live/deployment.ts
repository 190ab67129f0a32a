import type { V1Deployment } from '@kubernetes/client-node';
import { istioSystem } from '../mesh/istio-names';
import type { LiveCluster } from './live-cluster';

/**
 * A Deployment; undefined if it does not exist.
 *
 * @param namespace istio-system by default
 */
export function deployment(
  live: LiveCluster,
  name: string,
  namespace = istioSystem,
): Promise<V1Deployment | undefined> {
  return live.read<V1Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace });
}
