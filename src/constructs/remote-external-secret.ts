import { Construct } from 'constructs';
import { remoteKubeconfigKey, remoteKubeconfigProperty } from '../mesh/store-entries';
import { addObjects } from './add-objects';
import { externalSecret, type StoreProps } from './external-secret';
import { remoteSecretMetadata } from './secret-metadata';

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
