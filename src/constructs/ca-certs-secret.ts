import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type CaCerts, caCertsFiles } from '../pki/ca-certs';
import { caCertsMetadata } from '../secrets/metadata';

/** The content of the Secret `cacerts` of one cluster. */
export interface CaCertsSecretProps extends CaCerts {
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * The Secret from which istiod takes the CA certificate that it signs workload certificates with. It
 * must be there before istiod starts: an istiod that finds none signs with a root of its own.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CaCertsSecret extends Construct {
  constructor(scope: Construct, id: string, props: CaCertsSecretProps) {
    super(scope, id);
    const files = Object.entries(caCertsFiles) as [keyof CaCerts, string][];
    new ApiObject(this, 'secret', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: caCertsMetadata(props.namespace),
      type: 'Opaque',
      data: Object.fromEntries(
        files.map(([part, file]) => [file, Buffer.from(props[part]).toString('base64')]),
      ),
    });
  }
}
