import type { DefinitionProblem } from '../../problems/problem';
import type { GitOpsTool } from '../gitops';
import type { ClusterSecrets } from '../mesh';
import type { EncryptedBackend, RemoteSecretsBackend, SecretsBackend } from './backends';
import type { SecretsDefinition } from './definition';

/** A problem with the settings of a backend, before its path in the definition is known. */
export interface BackendProblem extends Pick<DefinitionProblem, 'message' | 'hint'> {
  /**
   * The key of `secrets` that is wrong.
   * @default - the key that chose the backend
   */
  readonly key?: keyof SecretsDefinition;
}

/** One Secret of a cluster, as a backend describes where its content comes from. */
interface SecretOrigin {
  readonly clusterName: string;
  readonly secrets: ClusterSecrets;
  /** The folder of encrypted Secrets. */
  readonly encryptedSecrets: string;
  /** The name of the chart with the Secret, such as 20-cacerts. */
  readonly chart: string;
  /** The cluster whose kubeconfig the Secret contains; undefined for the Secret cacerts. */
  readonly peer?: string;
}

/** The entries of an external store that a cluster reads its Secrets from. */
export interface SecretStore {
  /** The store as the cluster knows it, such as `ClusterSecretStore vault`. */
  readonly name: string;
  /** The key of the entry with the CA certificate of a cluster. */
  caCertsKey(clusterName: string): string;
  /** Whether the entry of a CA certificate has lists of revoked certificates. */
  readonly crl: 'enabled' | 'disabled';
  /** The key of the entry with the kubeconfig of a joined cluster. */
  remoteKubeconfigKey(clusterName: string): string;
}

/** Everything that the mesh and its output must know about a secrets backend. */
export interface BackendDescription<Backend extends SecretsBackend = SecretsBackend> {
  /** Where the CA certificate of a cluster is issued: on the machine that runs `istio-mesh ca`, or in the cluster. */
  readonly caCertificate: 'issued-locally' | 'issued-in-cluster';
  /**
   * What the output contains of a Secret:
   *
   * - `plain-text`: the Secret itself, which must not be committed.
   * - `encrypted-object`: another object that the cluster decrypts, such as a SealedSecret.
   * - `encrypted-file`: the Secret with encrypted values, which is decrypted before it is applied.
   * - `reference`: an object that makes the cluster fetch or issue the content.
   */
  readonly output: Backend extends EncryptedBackend
    ? 'encrypted-object' | 'encrypted-file'
    : 'plain-text' | 'reference';
  readonly remoteSecrets: Backend extends RemoteSecretsBackend ? 'supported' : 'unsupported';
  /**
   * The provider in the `decryption` of Flux's Kustomizations.
   * @default - none; Flux has nothing to decrypt
   */
  readonly fluxDecryption?: 'sops';
  /** What is wrong with the settings of a cluster that uses the backend, and with the GitOps tool that applies it. */
  settingsProblems(secrets: ClusterSecrets, gitopsTool: GitOpsTool | undefined): BackendProblem[];
  /** Where the content of a Secret comes from, as `istio-mesh secrets` prints it. */
  contentSource(secret: SecretOrigin): string;
  /**
   * The store that must hold the content of the Secrets.
   * @default - none; the output is complete without a store
   */
  store?(secrets: ClusterSecrets): SecretStore | undefined;
  /**
   * The lines about the backend that a synthesis prints where the output is applied by hand.
   * @default - none
   */
  applyByHandSteps?(outdir: string): readonly string[];
}
