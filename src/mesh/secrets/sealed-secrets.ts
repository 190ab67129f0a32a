/**
 * Sealed Secrets: encrypted for the controller of one cluster.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets
 */
export interface SealedSecretsDefinition {
  /**
   * The file with the certificate of the cluster's controller, as `kubeseal --fetch-cert` prints it;
   * `istio-mesh join` writes it. A relative path starts at the folder of mesh.yaml.
   * @default - sealing-certificates/<cluster>.pem
   */
  readonly certificate?: string;
  /**
   * What a sealed secret is bound to: its name and namespace, its namespace, or nothing.
   * @default - strict
   */
  readonly scope?: SealedSecretsScope;
  /**
   * The Service of the controller, which `istio-mesh join` asks for its certificate.
   * @default - kube-system/sealed-secrets-controller
   */
  readonly controller?: SealedSecretsControllerDefinition;
}

/** The scopes of a sealed secret. */
export const sealedSecretsScopes = ['strict', 'namespace-wide', 'cluster-wide'] as const;
export type SealedSecretsScope = (typeof sealedSecretsScopes)[number];

/** Where the Service of the Sealed Secrets controller is. */
export interface SealedSecretsControllerDefinition {
  /**
   * The name of the Service.
   * @default - sealed-secrets-controller
   */
  readonly name?: string;
  /**
   * The namespace of the Service.
   * @default - kube-system
   */
  readonly namespace?: string;
}
