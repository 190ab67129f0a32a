/**
 * cert-manager: the CA certificate is issued, and its key made, in the cluster.
 *
 * @see https://cert-manager.io
 */
export interface CertManagerDefinition {
  /**
   * The issuer of the cluster's CA certificate. Those of all clusters must lead to the same root.
   * @default - none; the backend needs it, unless istioCsr is enabled
   */
  readonly issuer?: CertManagerIssuerDefinition;
  /**
   * For how long the certificate is valid, in hours, such as 2160h.
   * @default - 2160h
   */
  readonly duration?: string;
  /**
   * How long before its end the certificate is renewed, in hours, such as 720h.
   * @default - 720h
   */
  readonly renewBefore?: string;
  /**
   * Whether istio-csr issues the certificates of workloads, in place of istiod. The cluster then needs no
   * CA certificate; istio-csr must be told the cluster's name as its clusterID, and the revisions of the
   * control planes. It is looked for at cert-manager-istio-csr.cert-manager.svc:443, unless Istio's value
   * `global.caAddress` says otherwise.
   * @default - disabled
   */
  readonly istioCsr?: 'enabled' | 'disabled';
}

/** An issuer that cert-manager knows. */
export interface CertManagerIssuerDefinition {
  /**
   * The name of the issuer.
   */
  readonly name: string;
  /**
   * Its kind; an Issuer is in the namespace of istiod.
   * @default - ClusterIssuer
   */
  readonly kind?: string;
  /**
   * The group of its kind, where another program issues.
   * @default - cert-manager.io
   */
  readonly group?: string;
}
