import { join } from 'node:path';

/**
 * The certificates and key with which istiod issues certificates in one cluster: the content of the
 * Secret `cacerts`, as PEM texts.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export interface CaCerts {
  /** The cluster's intermediate certificate; ca-cert.pem. */
  readonly caCert: string;
  /** The private key of the intermediate certificate; ca-key.pem. */
  readonly caKey: string;
  /** The root certificate that the whole mesh trusts; root-cert.pem. */
  readonly rootCert: string;
  /** The intermediate certificate and its issuers, in order; cert-chain.pem. */
  readonly certChain: string;
  /**
   * The lists of revoked certificates, one of each CA in the chain; ca-crl.pem.
   * @default - no certificate is revoked
   * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
   */
  readonly caCrl?: string;
}

/** A part of {@link CaCerts} that every cluster has. */
export type CaCertsPart = Exclude<keyof CaCerts, 'caCrl'>;

/** The file name of each part that every cluster has, which is also its key in the Secret `cacerts`. */
export const caCertsFiles: Readonly<Record<CaCertsPart, string>> = {
  caCert: 'ca-cert.pem',
  caKey: 'ca-key.pem',
  rootCert: 'root-cert.pem',
  certChain: 'cert-chain.pem',
};

/** The file name of the lists of revoked certificates, which is also their key in the Secret `cacerts`. */
export const caCrlFile = 'ca-crl.pem';

/** The parts of {@link CaCerts} that contain certificates. */
export const certificateParts = ['caCert', 'rootCert', 'certChain'] as const;
/** One of {@link certificateParts}. */
export type CertificatePart = (typeof certificateParts)[number];

/** The path of a part of a cluster's CA certificates within a certificates folder. */
export function caCertsFile(cluster: string, part: keyof CaCerts): string {
  return join(cluster, part === 'caCrl' ? caCrlFile : caCertsFiles[part]);
}

/** The file names of the parts that a cluster lacks. */
export function missingFiles(caCerts: Partial<CaCerts>): string[] {
  return Object.entries(caCertsFiles).flatMap(([part, file]) =>
    caCerts[part as CaCertsPart] === undefined ? [file] : [],
  );
}
