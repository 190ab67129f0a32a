import type { ObjectMetadata } from '../kubernetes/object';
import {
  caCertsSecretName,
  clusterAnnotation,
  istioSystem,
  multiClusterLabels,
  remoteSecretName,
} from '../mesh/istio-names';

/** What istiod knows a Secret by. */
export type SecretMetadata = ObjectMetadata & { readonly namespace: string };

/** The metadata of a cluster's CA certificate. */
export function caCertsMetadata(namespace: string = istioSystem): SecretMetadata {
  return { name: caCertsSecretName, namespace };
}

/** The metadata of the remote secret for a cluster. */
export function remoteSecretMetadata(clusterName: string, namespace: string = istioSystem): SecretMetadata {
  return {
    name: remoteSecretName(clusterName),
    namespace,
    labels: { ...multiClusterLabels },
    annotations: { [clusterAnnotation]: clusterName },
  };
}
