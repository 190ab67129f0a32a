import { z } from 'zod';
import type { AnyMeshDefinition } from '../definition';
import type { ClusterSecrets } from '../mesh';
import { nonEmptyString, wordOf } from '../schema-types';
import {
  type BackendSettingsDefinition,
  backendSettingsSchemas,
  backendSettingsWithDefaults,
  isRemoteSecretsBackend,
  type RemoteSecretsBackend,
  remoteSecretsBackends,
  type SecretsBackend,
  secretsBackends,
} from './backends';

/** How the Secrets with keys and tokens are written: the Secret `cacerts` and the remote secrets. */
export interface SecretsDefinition extends BackendSettingsDefinition {
  /**
   * The backend of the Secret cacerts and of the remote secrets. `plain` must not be committed. The others
   * may be: `sealed-secrets` and `sops` encrypt Secrets, `external-secrets` refers to a store, and
   * `cert-manager` issues the CA certificate in the cluster.
   * @default - plain
   */
  readonly backend?: SecretsBackend;
  /**
   * The backend of the remote secrets. cert-manager cannot issue them.
   * @default - the value of backend
   */
  readonly remoteSecrets?: RemoteSecretsBackend;
}

/** How the Secrets of every cluster are written, and the folder of encrypted Secrets. */
export interface MeshSecretsDefinition extends SecretsDefinition {
  /**
   * The folder of encrypted Secrets, which must be committed. Encryption is random, so a synthesis reads
   * unchanged Secrets from this folder instead of encrypting them again. The folder must not be within the
   * output. A relative path starts at the folder of mesh.yaml.
   * @default - encrypted
   */
  readonly directory?: string;
}

/** Names of programs and stores that belong to a backend. */
const backendAliases = {
  age: 'sops',
  bitnami: 'sealed-secrets',
  eso: 'external-secrets',
  'hashicorp-vault': 'external-secrets',
  kubeseal: 'sealed-secrets',
  vault: 'external-secrets',
} as const;

/** The schema of {@link SecretsDefinition}. */
export const secretsSchema = z.strictObject({
  backend: wordOf(secretsBackends, backendAliases).optional(),
  remoteSecrets: wordOf(remoteSecretsBackends, backendAliases).optional(),
  ...backendSettingsSchemas,
}) satisfies z.ZodType<SecretsDefinition>;

/** The schema of {@link MeshSecretsDefinition}. */
export const meshSecretsSchema = secretsSchema.extend({
  directory: nonEmptyString.optional(),
}) satisfies z.ZodType<MeshSecretsDefinition>;

/** Fills in how the Secrets of a cluster are written. The cluster overrides the mesh. */
export function secretsWithDefaults(
  { meshID, secrets: mesh = {} }: Pick<AnyMeshDefinition, 'meshID' | 'secrets'>,
  cluster: SecretsDefinition = {},
  clusterName: string,
): ClusterSecrets {
  // The backend of a cluster is for both kinds of Secrets, so it precedes the remoteSecrets of the mesh.
  const remote = cluster.remoteSecrets ?? cluster.backend ?? mesh.remoteSecrets ?? mesh.backend ?? 'plain';
  return {
    ...backendSettingsWithDefaults(mesh, cluster, { meshID, clusterName }),
    cacerts: cluster.backend ?? mesh.backend ?? 'plain',
    // The rule secretsSettings reports a backend without support for remote secrets.
    remoteSecrets: isRemoteSecretsBackend(remote) ? remote : (mesh.remoteSecrets ?? 'plain'),
  };
}
