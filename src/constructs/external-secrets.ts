import { Construct } from 'constructs';
import type { KubernetesObject } from '../kubernetes/object';
import {
  caCertsKey,
  caCertsProperty,
  type ExternalSecretsDefinition,
  remoteKubeconfigKey,
  remoteKubeconfigProperty,
} from '../mesh/secrets/external-secrets';
import { caCertsFiles } from '../pki/ca-certs';
import { caCertsMetadata, remoteSecretMetadata, type SecretMetadata } from '../secrets/metadata';
import { addObjects } from './api-objects';

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
 * What the API server would fill in is written, so that no tool sees a difference.
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
          // Where the template has none, those of the ExternalSecret, which are for GitOps tools, are not copied.
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

/** A cluster whose CA certificate is in a store. */
export interface CaCertsExternalSecretProps extends StoreProps {
  /** The name of the cluster. */
  readonly clusterName: string;
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * Has the External Secrets operator make the Secret `cacerts` out of the entry `<path>/<cluster>/cacerts`
 * of a store, whose properties are named like the files, without `.pem`.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CaCertsExternalSecret extends Construct {
  constructor(scope: Construct, id: string, props: CaCertsExternalSecretProps) {
    super(scope, id);
    const { clusterName, namespace } = props;
    const values = Object.values(caCertsFiles).map((file) => ({
      secretKey: file,
      key: caCertsKey(props, clusterName),
      property: caCertsProperty(file),
    }));
    addObjects(this, [externalSecret(caCertsMetadata(namespace), props, values)]);
  }
}

/** A remote cluster whose kubeconfig is in a store. */
export interface RemoteExternalSecretProps extends StoreProps {
  /** The name of the remote cluster, exactly as its own istiod calls itself. */
  readonly clusterName: string;
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * Has the External Secrets operator make the remote secret for a cluster out of the property `kubeconfig`
 * of the entry `<path>/<cluster>/remote-kubeconfig` of a store.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class RemoteExternalSecret extends Construct {
  constructor(scope: Construct, id: string, props: RemoteExternalSecretProps) {
    super(scope, id);
    const { clusterName, namespace } = props;
    const value = {
      secretKey: clusterName,
      key: remoteKubeconfigKey(props, clusterName),
      property: remoteKubeconfigProperty,
    };
    addObjects(this, [externalSecret(remoteSecretMetadata(clusterName, namespace), props, [value])]);
  }
}
