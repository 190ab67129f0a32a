import { Construct } from 'constructs';
import { z } from 'zod';
import { type KeyAlgorithm, keyAlgorithms } from '../mesh/definition';
import { dnsLabel, nonEmptyString } from '../mesh/schema-types';
import { type CertManagerIssuerDefinition, certManagerSchema } from '../mesh/secrets/cert-manager';
import { caCertsMetadata } from '../secrets/mesh-secrets';
import { addObjects } from './api-objects';
import { settingsOf, type Validated } from './props';

/** A cluster, and the issuer of its CA certificate. */
export interface CaCertsCertificateProps {
  /** The name of the cluster, which is the locality in the certificate's subject. */
  readonly clusterName: string;
  /**
   * The issuer. The issuers of all clusters must have the same root, and write it to `ca.crt`, as CA and Vault
   * issuers do.
   */
  readonly issuer: CertManagerIssuerDefinition;
  /**
   * The algorithm and size of the private key.
   * @default - RSA-4096
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * The lifetime of the certificate, such as 2160h.
   * @default - 2160h
   */
  readonly duration?: string;
  /**
   * How long before its expiry the certificate is renewed, such as 720h.
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
 * A Certificate with which cert-manager issues the CA certificate that istiod signs workload certificates with,
 * into the Secret `cacerts`. The private key never leaves the cluster. istiod reads tls.crt, tls.key and ca.crt.
 * It reloads a renewed certificate without a restart while the root stays the same.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'cacerts');
 * new CaCertsCertificate(chart, 'cacerts', { clusterName: 'cluster1', issuer: { name: 'mesh-root' } });
 * @throws MeshError if a prop is invalid
 * @see https://cert-manager.io/docs/usage/certificate/
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CaCertsCertificate extends Construct {
  constructor(scope: Construct, id: string, props: CaCertsCertificateProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<CaCertsCertificateProps>);
  constructor(
    scope: Construct,
    id: string,
    props: CaCertsCertificateProps | Validated<CaCertsCertificateProps>,
  ) {
    super(scope, id);
    const settings = settingsOf(this, props, propsSchema);
    const { clusterName, keyAlgorithm = 'RSA-4096', duration = '2160h', renewBefore = '720h' } = settings;
    const { name, kind = 'ClusterIssuer', group = 'cert-manager.io' } = settings.issuer;
    const metadata = caCertsMetadata(settings.namespace);
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

function propsSchema() {
  return certManagerSchema.omit({ istioCsr: true }).extend({
    issuer: certManagerSchema.shape.issuer.unwrap(),
    clusterName: nonEmptyString,
    keyAlgorithm: z.enum(keyAlgorithms).optional(),
    namespace: dnsLabel.optional(),
  }) satisfies z.ZodType<CaCertsCertificateProps>;
}
