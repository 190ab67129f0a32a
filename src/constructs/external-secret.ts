import type { KubernetesObject } from '../control-plane/kubernetes-object';
import type { ExternalSecretsDefinition } from '../mesh/external-secrets-definition';
import type { SecretMetadata } from './secret-metadata';

/** Where a cluster fetches what is kept for it. */
export interface StoreProps extends Omit<ExternalSecretsDefinition, 'path'> {
  /**
   * The path in the store below which the mesh's secrets are, without a slash at its end.
   */
  readonly path: string;
}

/** A key of a Secret, and the entry and property of a store that it comes from. */
export interface ExternalValue {
  readonly secretKey: string;
  readonly key: string;
  readonly property: string;
}

/**
 * An ExternalSecret that becomes a Secret of the same name. It goes when the ExternalSecret goes, but
 * not when the store loses the entry: an istiod without its CA certificate, or cut off from its peers,
 * is worse than one whose are old.
 *
 * What the API server would fill in is written, so that no engine sees a difference.
 */
export function externalSecret(
  { name, namespace, labels, annotations }: SecretMetadata,
  { store, refreshInterval = '1h' }: StoreProps,
  values: readonly ExternalValue[],
): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: {
      refreshInterval,
      secretStoreRef: { name: store.name, kind: store.kind ?? 'ClusterSecretStore' },
      target: {
        name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          type: 'Opaque',
          // Where the template has none, those of the ExternalSecret, which are for engines, are not copied.
          ...(labels || annotations ? { metadata: { labels, annotations } } : {}),
        },
      },
      data: values.map(({ secretKey, key, property }) => ({
        secretKey,
        remoteRef: {
          key,
          property,
          conversionStrategy: 'Default',
          decodingStrategy: 'None',
          metadataPolicy: 'None',
        },
      })),
    },
  };
}
