/**
 * External Secrets: the cluster fetches what it needs from a store.
 *
 * @see https://external-secrets.io
 */
export interface ExternalSecretsDefinition {
  /**
   * The store that the cluster fetches from.
   */
  readonly store: ExternalSecretsStoreDefinition;
  /**
   * The path in the store below which the mesh's secrets are, without a slash at its end. AWS Parameter
   * Store wants one at its beginning.
   * @default - the mesh's ID
   */
  readonly path?: string;
  /**
   * What is between the path, the cluster and the entry in a key, such as mesh1/cluster1/cacerts: `-` where
   * the store allows no slash, as Azure Key Vault and Google Secret Manager do not; nor do they allow a dot
   * in the path.
   * @default - /
   */
  readonly separator?: ExternalSecretsSeparator;
  /**
   * How often the cluster looks for changes, such as 1h.
   * @default - 1h
   */
  readonly refreshInterval?: string;
}

/** What can be between the parts of a key. */
export const externalSecretsSeparators = ['/', '-', '_'] as const;
export type ExternalSecretsSeparator = (typeof externalSecretsSeparators)[number];

/** A store that the External Secrets operator knows. */
export interface ExternalSecretsStoreDefinition {
  /**
   * The name of the store.
   */
  readonly name: string;
  /**
   * Its kind.
   * @default - ClusterSecretStore
   */
  readonly kind?: ExternalSecretsStoreKind;
}

/** The kinds of stores; a SecretStore is in the namespace of istiod. */
export const externalSecretsStoreKinds = ['ClusterSecretStore', 'SecretStore'] as const;
export type ExternalSecretsStoreKind = (typeof externalSecretsStoreKinds)[number];

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
