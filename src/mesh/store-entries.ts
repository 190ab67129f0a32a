/** The entry of a store with a cluster's CA certificate. */
export function caCertsKey(path: string, clusterName: string): string {
  return `${path}/${clusterName}/cacerts`;
}

/**
 * The property of that entry which holds a file: its name without the ending, because many stores take a
 * dot in a property for a step down.
 */
export function caCertsProperty(file: string): string {
  return file.replace(/\.pem$/, '');
}

/** The entry of a store with the kubeconfig of a joined cluster, which all that read the cluster share. */
export function remoteKubeconfigKey(path: string, clusterName: string): string {
  return `${path}/${clusterName}/remote-kubeconfig`;
}

/** The property of that entry. */
export const remoteKubeconfigProperty = 'kubeconfig';
