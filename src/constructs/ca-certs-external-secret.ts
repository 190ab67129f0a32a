import { Construct } from 'constructs';
import { caCertsKey, caCertsProperty } from '../mesh/store-entries';
import { caCertsFiles } from '../pki/ca-certs';
import { addObjects } from './add-objects';
import { externalSecret, type StoreProps } from './external-secret';
import { caCertsMetadata } from './secret-metadata';

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
