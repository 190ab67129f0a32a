import type { Cluster, ClusterSecrets } from './mesh';

/** Whether a cluster's CA certificate is issued here. With cert-manager its key is made in the cluster. */
export function isIssuedHere({ secrets }: Cluster): boolean {
  return secrets.cacerts !== 'cert-manager';
}

/**
 * Whether a cluster's CA certificate is part of the output, in plain text or encrypted, so that a
 * synthesis needs it. One that is in a store was issued wherever the store was filled; a second one,
 * issued where somebody else synthesizes, would be of another root.
 */
export function isInOutput(cluster: Cluster): boolean {
  return isIssuedHere(cluster) && cluster.secrets.cacerts !== 'external-secrets';
}

/** Whether istio-csr issues the certificates of a cluster's workloads, so that istiod needs none of a CA. */
export function usesIstioCsr({ cacerts, certManager }: ClusterSecrets): boolean {
  return cacerts === 'cert-manager' && certManager.istioCsr === 'enabled';
}
