import { usesIstioCsr } from '../mesh/ca-certs-of-forms';
import { type HelmValues, mergeValues } from '../mesh/helm-values';
import type { Cluster, Mesh } from '../mesh/mesh';

/**
 * Istio's Helm values for one cluster: what the user gave, and over it what follows from the mesh. With
 * istio-csr, proxies ask it for their certificates, where its chart puts it unless the user says where
 * else it is, and istiod, whose certificate it issues into the Secret istiod-tls, signs none.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 * @see https://cert-manager.io/docs/usage/istio-csr/
 */
export function clusterValues(
  mesh: Mesh,
  cluster: Cluster,
  values: HelmValues = cluster.istio.values,
): HelmValues {
  const istioCsr = usesIstioCsr(cluster.secrets);
  return mergeValues(istioCsr ? { global: { caAddress: istioCsrAddress } } : {}, values, {
    global: {
      meshID: mesh.meshID,
      multiCluster: { clusterName: cluster.name },
      network: cluster.network,
    },
    meshConfig: { trustDomain: mesh.trustDomain },
    ...(istioCsr ? { pilot: { env: { ENABLE_CA_SERVER: 'false' } } } : {}),
  });
}

const istioCsrAddress = 'cert-manager-istio-csr.cert-manager.svc:443';
