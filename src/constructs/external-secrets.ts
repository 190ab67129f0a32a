import { Construct } from 'constructs';
import type { z } from 'zod';
import type { KubernetesObject } from '../kubernetes/object';
import { dnsLabel, nonEmptyString } from '../mesh/schema-types';
import {
  caCertsKey,
  caCertsProperty,
  type ExternalSecretsDefinition,
  externalSecretsSchema,
  remoteKubeconfigKey,
  remoteKubeconfigProperty,
} from '../mesh/secrets/external-secrets';
import { caCertsFiles, caCrlFile } from '../pki/ca-certs';
import { caCertsMetadata, remoteSecretMetadata, type SecretMetadata } from '../secrets/mesh-secrets';
import { addObjects } from './api-objects';
import { settingsOf, type Validated } from './props';

/** The store with the content of a cluster's Secrets. */
export interface StoreProps extends Omit<ExternalSecretsDefinition, 'path'> {
  /**
   * The path in the store that contains the mesh's entries, without a trailing slash.
   */
  readonly path: string;
}

/** A key of a Secret, and the entry and property of the store with its value. */
interface ExternalValue {
  readonly secretKey: string;
  readonly key: string;
  readonly property: string;
}

/**
 * An ExternalSecret that creates a Secret of the same name. The operator deletes the Secret together with the
 * ExternalSecret, but not when the entry of the store is deleted: an old CA certificate or kubeconfig is better
 * than none.
 *
 * The defaults of the API server are written explicitly, so that GitOps tools and `kubectl diff` show no difference.
 */
function externalSecret(
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
          // A template without metadata does not copy the annotations of the ExternalSecret, which are for GitOps tools.
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

/** The place of a Secret, and of its content in a store. */
export interface ExternalSecretProps extends StoreProps {
  /** The name of the cluster. For a remote secret, that of the remote cluster, exactly as in its own istiod. */
  readonly clusterName: string;
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/** A cluster with its CA certificate in a store. */
export interface CaCertsExternalSecretProps extends ExternalSecretProps {}

/**
 * An ExternalSecret with which the External Secrets operator creates the Secret `cacerts` from the entry
 * `<path>/<cluster>/cacerts` of a store. The properties of the entry have the names of the files, without `.pem`.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'cacerts');
 * new CaCertsExternalSecret(chart, 'cacerts', {
 *   clusterName: 'cluster1',
 *   store: { name: 'vault' },
 *   path: 'mesh1',
 * });
 * @throws MeshError if a prop is invalid
 * @see https://external-secrets.io/latest/api/externalsecret/
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CaCertsExternalSecret extends Construct {
  constructor(scope: Construct, id: string, props: CaCertsExternalSecretProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<CaCertsExternalSecretProps>);
  constructor(
    scope: Construct,
    id: string,
    props: CaCertsExternalSecretProps | Validated<CaCertsExternalSecretProps>,
  ) {
    super(scope, id);
    const settings = settingsOf(this, props, propsSchema);
    const { clusterName, namespace } = settings;
    const files = [...Object.values(caCertsFiles), ...(settings.crl === 'enabled' ? [caCrlFile] : [])];
    const values = files.map((file) => ({
      secretKey: file,
      key: caCertsKey(settings, clusterName),
      property: caCertsProperty(file),
    }));
    addObjects(this, [externalSecret(caCertsMetadata(namespace), settings, values)]);
  }
}

/** A remote cluster with its kubeconfig in a store. */
export interface RemoteExternalSecretProps extends ExternalSecretProps {}

/**
 * An ExternalSecret with which the External Secrets operator creates the remote secret for a cluster from the
 * property `kubeconfig` of the entry `<path>/<cluster>/remote-kubeconfig` of a store.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'remote-secrets');
 * new RemoteExternalSecret(chart, 'cluster2', {
 *   clusterName: 'cluster2',
 *   store: { name: 'vault' },
 *   path: 'mesh1',
 * });
 * @throws MeshError if a prop is invalid
 * @see https://external-secrets.io/latest/api/externalsecret/
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class RemoteExternalSecret extends Construct {
  constructor(scope: Construct, id: string, props: RemoteExternalSecretProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<RemoteExternalSecretProps>);
  constructor(
    scope: Construct,
    id: string,
    props: RemoteExternalSecretProps | Validated<RemoteExternalSecretProps>,
  ) {
    super(scope, id);
    const settings = settingsOf(this, props, propsSchema);
    const { clusterName, namespace } = settings;
    const value = {
      secretKey: clusterName,
      key: remoteKubeconfigKey(settings, clusterName),
      property: remoteKubeconfigProperty,
    };
    addObjects(this, [externalSecret(remoteSecretMetadata(clusterName, namespace), settings, [value])]);
  }
}

function propsSchema() {
  return externalSecretsSchema.extend({
    path: externalSecretsSchema.shape.path.unwrap(),
    clusterName: nonEmptyString,
    namespace: dnsLabel.optional(),
  }) satisfies z.ZodType<CaCertsExternalSecretProps & RemoteExternalSecretProps>;
}
