import { type HelmValues, mergeValues } from '../mesh/helm-values';
import type { Cluster, Mesh } from '../mesh/mesh';

/**
 * Istio's Helm values for one cluster: what the user gave, and over it what follows from the mesh.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export function clusterValues(
  mesh: Mesh,
  cluster: Cluster,
  values: HelmValues = cluster.istio.values,
): HelmValues {
  return mergeValues(values, {
    global: {
      meshID: mesh.meshID,
      multiCluster: { clusterName: cluster.name },
      network: cluster.network,
    },
    meshConfig: { trustDomain: mesh.trustDomain },
  });
}
