import type { ExternalSecretsDefinition } from './external-secrets-definition';

/** How the keys of a store are made of their parts. */
type KeySettings = Required<Pick<ExternalSecretsDefinition, 'path'>> &
  Pick<ExternalSecretsDefinition, 'separator'>;

/** The entry of a store with a cluster's CA certificate. */
export function caCertsKey({ path, separator = '/' }: KeySettings, clusterName: string): string {
  return [path, clusterName, 'cacerts'].join(separator);
}

/**
 * The property of that entry which holds a file: its name without the ending, because many stores take a
 * dot in a property for a step down.
 */
export function caCertsProperty(file: string): string {
  return file.replace(/\.pem$/, '');
}

/** The entry of a store with the kubeconfig of a joined cluster, which all that read the cluster share. */
export function remoteKubeconfigKey({ path, separator = '/' }: KeySettings, clusterName: string): string {
  return [path, clusterName, 'remote-kubeconfig'].join(separator);
}

/** The property of that entry. */
export const remoteKubeconfigProperty = 'kubeconfig';
