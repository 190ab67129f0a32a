/**
 * What istiod needs to issue certificates for one cluster: the content of the Secret `cacerts`, as PEM
 * texts.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export interface CaCerts {
  /** The cluster's intermediate certificate; ca-cert.pem. */
  readonly caCert: string;
  /** Its private key; ca-key.pem. */
  readonly caKey: string;
  /** The root certificate that the whole mesh trusts; root-cert.pem. */
  readonly rootCert: string;
  /** The intermediate and all above it, in order; cert-chain.pem. */
  readonly certChain: string;
}

/** The file and Secret key of each part, as istiod expects them. */
export const caCertsFiles: Readonly<Record<keyof CaCerts, string>> = {
  caCert: 'ca-cert.pem',
  caKey: 'ca-key.pem',
  rootCert: 'root-cert.pem',
  certChain: 'cert-chain.pem',
};

/** The parts of {@link CaCerts} that hold certificates. */
export const certificateParts = ['caCert', 'rootCert', 'certChain'] as const;
/** One of these parts. */
export type CertificatePart = (typeof certificateParts)[number];
