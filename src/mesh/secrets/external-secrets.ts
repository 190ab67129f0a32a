import { z } from 'zod';
import { dnsSubdomain, matching } from '../schema-types';
import type { BackendDescription } from './backend-description';

/**
 * Settings of the backend `external-secrets`: the External Secrets operator fetches the content of Secrets from a store.
 *
 * @see https://external-secrets.io
 */
export interface ExternalSecretsDefinition {
  /**
   * The store that the cluster reads.
   */
  readonly store: ExternalSecretsStoreDefinition;
  /**
   * The path in the store that contains the mesh's entries, without a trailing slash. AWS Parameter Store
   * needs a leading slash.
   * @default - the mesh's ID
   */
  readonly path?: string;
  /**
   * The separator between path, cluster and entry in a key such as mesh1/cluster1/cacerts. Use `-` for Azure
   * Key Vault and Google Secret Manager: they allow no slash, and no dot in the path either.
   * @default - /
   */
  readonly separator?: ExternalSecretsSeparator;
  /**
   * How often the cluster reads the store again, such as 1h.
   * @default - 1h
   */
  readonly refreshInterval?: string;
  /**
   * Whether the entry of a CA certificate has the lists of revoked certificates, ca-crl.pem, in the property ca-crl.
   * @default - disabled
   */
  readonly crl?: 'enabled' | 'disabled';
}

/** The separators that a key can have. */
export const externalSecretsSeparators = ['/', '-', '_'] as const;
export type ExternalSecretsSeparator = (typeof externalSecretsSeparators)[number];

/** A store of the External Secrets operator. */
export interface ExternalSecretsStoreDefinition {
  /**
   * The name of the store.
   */
  readonly name: string;
  /**
   * The kind of the store.
   * @default - ClusterSecretStore
   */
  readonly kind?: ExternalSecretsStoreKind;
}

/** The kinds of stores. A SecretStore must be in the namespace of istiod. */
export const externalSecretsStoreKinds = ['ClusterSecretStore', 'SecretStore'] as const;
export type ExternalSecretsStoreKind = (typeof externalSecretsStoreKinds)[number];

/** The schema of {@link ExternalSecretsDefinition}. */
export const externalSecretsSchema = z.strictObject({
  store: z.strictObject({ name: dnsSubdomain, kind: z.enum(externalSecretsStoreKinds).optional() }),
  path: matching(/^\/?[^\s/]+(\/[^\s/]+)*$/, 'Write a path without a slash at its end.').optional(),
  separator: z.enum(externalSecretsSeparators).optional(),
  refreshInterval: matching(/^(\d+(ms|s|m|h))+$/, 'Write a duration such as 1h.').optional(),
  crl: z.enum(['enabled', 'disabled']).optional(),
}) satisfies z.ZodType<ExternalSecretsDefinition>;

/** The settings of the backend `external-secrets` for one cluster. */
export interface ExternalSecretsSettings extends Required<Omit<ExternalSecretsDefinition, 'store'>> {
  readonly store: Required<ExternalSecretsStoreDefinition>;
}

/** Fills in the defaults; undefined where neither the mesh nor the cluster has a store. */
export function externalSecretsWithDefaults(
  mesh: ExternalSecretsDefinition | undefined,
  cluster: ExternalSecretsDefinition | undefined,
  meshID: string,
): ExternalSecretsSettings | undefined {
  const definition = cluster ?? mesh;
  if (definition === undefined) return undefined;
  const { store, path = meshID, separator = '/', refreshInterval = '1h', crl = 'disabled' } = definition;
  return { store: { kind: 'ClusterSecretStore', ...store }, path, separator, refreshInterval, crl };
}

/** ExternalSecrets, for which the External Secrets operator reads a store. */
export const externalSecrets: BackendDescription<'external-secrets'> = {
  caCertificate: 'issued-locally',
  output: 'reference',
  remoteSecrets: 'supported',
  settingsProblems: ({ externalSecrets: settings }) =>
    settings !== undefined
      ? []
      : [
          {
            message: 'The backend external-secrets needs the store that the cluster reads.',
            hint: 'Write externalSecrets: { store: { name: … } } beside it.',
          },
        ],
  contentSource: ({ secrets: { externalSecrets: settings }, clusterName, peer }) => {
    if (settings === undefined) return 'none: the store is not set';
    const key = peer === undefined ? caCertsKey(settings, clusterName) : remoteKubeconfigKey(settings, peer);
    return `${storeName(settings)}, ${key}`;
  },
  store: ({ externalSecrets: settings }) =>
    settings && {
      name: storeName(settings),
      caCertsKey: (clusterName) => caCertsKey(settings, clusterName),
      remoteKubeconfigKey: (clusterName) => remoteKubeconfigKey(settings, clusterName),
      crl: settings.crl,
    },
};

function storeName({ store: { kind, name } }: ExternalSecretsSettings): string {
  return `${kind} ${name}`;
}

/** The settings that determine the keys of entries. */
type KeySettings = Required<Pick<ExternalSecretsDefinition, 'path'>> &
  Pick<ExternalSecretsDefinition, 'separator'>;

/** The key of the entry with the CA certificate of a cluster. */
export function caCertsKey({ path, separator = '/' }: KeySettings, clusterName: string): string {
  return [path, clusterName, 'cacerts'].join(separator);
}

/**
 * The property that holds a file of the CA certificate: the name of the file without its extension, because
 * many stores treat a dot in a property as a path separator.
 */
export function caCertsProperty(file: string): string {
  return file.replace(/\.pem$/, '');
}

/** The key of the entry with the kubeconfig of a joined cluster. All clusters that read the cluster share it. */
export function remoteKubeconfigKey({ path, separator = '/' }: KeySettings, clusterName: string): string {
  return [path, clusterName, 'remote-kubeconfig'].join(separator);
}

/** The property that holds the kubeconfig. */
export const remoteKubeconfigProperty = 'kubeconfig';
