/** How the Secrets with keys and tokens are written: `cacerts` and the remote secrets. */
export interface SecretsDefinition {
  /**
   * The form of both. `plain` is for applying from a safe place; the others may be committed:
   * `sealed-secrets` and `sops` are encrypted, `external-secrets` refers to a store, and with
   * `cert-manager` the CA certificate is issued in the cluster.
   * @default - plain
   */
  readonly form?: SecretsForm;
  /**
   * The form of the remote secrets alone, which cert-manager cannot issue.
   * @default - that of form
   */
  readonly remoteSecrets?: RemoteSecretsForm;
  /**
   * For whom the form `sealed-secrets` encrypts.
   * @default - the controller kube-system/sealed-secrets-controller of each cluster
   */
  readonly sealedSecrets?: SealedSecretsDefinition;
  /**
   * For whom the form `sops` encrypts.
   * @default - none; the form needs it
   */
  readonly sops?: SopsDefinition;
  /**
   * What the form `external-secrets` refers to.
   * @default - none; the form needs it
   */
  readonly externalSecrets?: ExternalSecretsDefinition;
  /**
   * Who issues the CA certificate in the form `cert-manager`.
   * @default - none; the form needs it
   */
  readonly certManager?: CertManagerDefinition;
}

/** How the Secrets of every cluster are written, and where encrypted ones are kept. */
export interface MeshSecretsDefinition extends SecretsDefinition {
  /**
   * The folder that keeps what has been encrypted, to be committed: encryption is random, and what has
   * not changed is not encrypted again. It cannot be within the output. A relative path starts at the
   * folder of mesh.yaml.
   * @default - encrypted
   */
  readonly directory?: string;
}

/** The forms in which a Secret can be written. */
export const secretsForms = ['plain', 'sealed-secrets', 'sops', 'external-secrets', 'cert-manager'] as const;
export type SecretsForm = (typeof secretsForms)[number];

/** The forms in which a remote secret can be written. */
export const remoteSecretsForms = ['plain', 'sealed-secrets', 'sops', 'external-secrets'] as const;
export type RemoteSecretsForm = (typeof remoteSecretsForms)[number];

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

/**
 * SOPS: encrypted for the holders of keys.
 *
 * @see https://getsops.io
 */
export interface SopsDefinition {
  /**
   * The age recipients that can decrypt, such as age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p.
   */
  readonly age: readonly string[];
}

/**
 * External Secrets: the cluster fetches what it needs from a store.
 *
 * @see https://external-secrets.io
 */
export interface ExternalSecretsDefinition {
  /**
   * The store that the cluster fetches from.
   */
  readonly store: ExternalSecretsStoreDefinition;
  /**
   * The path in the store below which the mesh's secrets are, without a slash at its end. AWS Parameter
   * Store wants one at its beginning.
   * @default - the mesh's ID
   */
  readonly path?: string;
  /**
   * What is between the path, the cluster and the entry in a key, such as mesh1/cluster1/cacerts: `-` where
   * the store allows no slash, as Azure Key Vault and Google Secret Manager do not; nor do they allow a dot
   * in the path.
   * @default - /
   */
  readonly separator?: ExternalSecretsSeparator;
  /**
   * How often the cluster looks for changes, such as 1h.
   * @default - 1h
   */
  readonly refreshInterval?: string;
}

/** What can be between the parts of a key. */
export const externalSecretsSeparators = ['/', '-', '_'] as const;
export type ExternalSecretsSeparator = (typeof externalSecretsSeparators)[number];

/** A store that the External Secrets operator knows. */
export interface ExternalSecretsStoreDefinition {
  /**
   * The name of the store.
   */
  readonly name: string;
  /**
   * Its kind.
   * @default - ClusterSecretStore
   */
  readonly kind?: ExternalSecretsStoreKind;
}

/** The kinds of stores; a SecretStore is in the namespace of istiod. */
export const externalSecretsStoreKinds = ['ClusterSecretStore', 'SecretStore'] as const;
export type ExternalSecretsStoreKind = (typeof externalSecretsStoreKinds)[number];

/**
 * cert-manager: the CA certificate is issued, and its key made, in the cluster.
 *
 * @see https://cert-manager.io
 */
export interface CertManagerDefinition {
  /**
   * The issuer of the cluster's CA certificate. Those of all clusters must lead to the same root.
   * @default - none; the form needs it, unless istioCsr is enabled
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
