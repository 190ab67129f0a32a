import { usesIstioCsr } from '../mesh/ca-certs-of-forms';
import { type HelmValues, mergeValues } from '../mesh/helm-values';
import type { Cluster, Mesh } from '../mesh/mesh';

/**
 * Istio's Helm values for one cluster: what the user gave, and over it what follows from the mesh. With
 * istio-csr, proxies ask it for their certificates, where its chart puts it unless the user says where
 * else it is, and istiod, whose certificate it issues into the Secret istiod-tls, signs none.
 *
 * With Flux, validation is strict from the start, unless the user says otherwise: istiod would make it so,
 * and Flux undo that, again and again. The chain has no resource of Istio applied before istiod answers.
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
  const defaults = mergeValues(
    istioCsr ? { global: { caAddress: istioCsrAddress } } : {},
    isStrict(mesh) ? { base: { validationFailurePolicy: 'Fail' } } : {},
  );
  return mergeValues(defaults, values, {
    global: {
      meshID: mesh.meshID,
      multiCluster: { clusterName: cluster.name },
      network: cluster.network,
    },
    meshConfig: { trustDomain: mesh.trustDomain },
    ...(istioCsr ? { pilot: { env: { ENABLE_CA_SERVER: 'false' } } } : {}),
  });
}

/** Of the forms, istioctl does not take the value; there, Flux patches what it has rendered. */
function isStrict({ delivery, istio }: Mesh): boolean {
  return delivery?.engine === 'flux' && istio.controlPlane !== 'istioctl';
}

const istioCsrAddress = 'cert-manager-istio-csr.cert-manager.svc:443';
