import { Construct } from 'constructs';
import type { KeyAlgorithm } from '../mesh/definition';
import type { CertManagerIssuerDefinition } from '../mesh/secrets/cert-manager';
import { caCertsMetadata } from '../secrets/metadata';
import { addObjects } from './api-objects';

/** A cluster whose CA certificate cert-manager issues. */
export interface CaCertsCertificateProps {
  /** The name of the cluster, which the certificate bears. */
  readonly clusterName: string;
  /**
   * The issuer. Those of all clusters must lead to the same root, and put it into ca.crt, as those of
   * the kinds CA and Vault do.
   */
  readonly issuer: CertManagerIssuerDefinition;
  /**
   * The kind of key.
   * @default - RSA-4096
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * For how long the certificate is valid, such as 2160h.
   * @default - 2160h
   */
  readonly duration?: string;
  /**
   * How long before its end the certificate is renewed, such as 720h.
   * @default - 720h
   */
  readonly renewBefore?: string;
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * Has cert-manager issue the CA certificate that istiod signs workload certificates with, into the Secret
 * `cacerts`. Its key is made in the cluster and never leaves it. istiod reads tls.crt, tls.key and ca.crt,
 * and takes what is renewed over without being restarted, as long as the root is the same.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CaCertsCertificate extends Construct {
  constructor(scope: Construct, id: string, props: CaCertsCertificateProps) {
    super(scope, id);
    const { clusterName, keyAlgorithm = 'RSA-4096', duration = '2160h', renewBefore = '720h' } = props;
    const { name, kind = 'ClusterIssuer', group = 'cert-manager.io' } = props.issuer;
    const metadata = caCertsMetadata(props.namespace);
    const certificate = {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata,
      spec: {
        secretName: metadata.name,
        isCA: true,
        commonName: 'Intermediate CA',
        subject: { organizations: ['Istio'], localities: [clusterName] },
        dnsNames: [`istiod.${metadata.namespace}.svc`],
        duration,
        renewBefore,
        privateKey: { ...privateKeys[keyAlgorithm], rotationPolicy: 'Always' },
        usages: ['digital signature', 'content commitment', 'key encipherment', 'cert sign'],
        issuerRef: { name, kind, group },
      },
    };
    addObjects(this, [certificate]);
  }
}

const privateKeys: Readonly<Record<KeyAlgorithm, { readonly algorithm: string; readonly size: number }>> = {
  'RSA-2048': { algorithm: 'RSA', size: 2048 },
  'RSA-3072': { algorithm: 'RSA', size: 3072 },
  'RSA-4096': { algorithm: 'RSA', size: 4096 },
  'EC-P256': { algorithm: 'ECDSA', size: 256 },
  'EC-P384': { algorithm: 'ECDSA', size: 384 },
};
