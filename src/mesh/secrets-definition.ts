import type { CertManagerDefinition } from './cert-manager-definition';
import type { ExternalSecretsDefinition } from './external-secrets-definition';
import type { SealedSecretsDefinition } from './sealed-secrets-definition';
import type { SopsDefinition } from './sops-definition';

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
