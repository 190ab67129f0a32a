import type { z } from 'zod';
import type { Cluster, ClusterSecrets } from '../mesh';
import type { BackendDescription } from './backend-description';
import {
  type CertManagerDefinition,
  type CertManagerSettings,
  certManager,
  certManagerSchema,
  certManagerWithDefaults,
} from './cert-manager';
import {
  type ExternalSecretsDefinition,
  type ExternalSecretsSettings,
  externalSecrets,
  externalSecretsSchema,
  externalSecretsWithDefaults,
} from './external-secrets';
import { plain } from './plain';
import {
  type SealedSecretsDefinition,
  type SealedSecretsSettings,
  sealedSecrets,
  sealedSecretsSchema,
  sealedSecretsWithDefaults,
} from './sealed-secrets';
import { type SopsDefinition, sops, sopsSchema, sopsWithDefaults } from './sops';

/** The backends that encrypt Secrets before they are written. */
export type EncryptedBackend = 'sealed-secrets' | 'sops';

/** The backends that can write a remote secret. */
export type RemoteSecretsBackend = 'plain' | EncryptedBackend | 'external-secrets';

/** The backends that can write a Secret. */
export type SecretsBackend = RemoteSecretsBackend | 'cert-manager';

/** The settings of the backends in mesh.yaml. */
export interface BackendSettingsDefinition {
  /**
   * Settings of the backend `sealed-secrets`.
   * @default - the controller kube-system/sealed-secrets-controller of each cluster
   */
  readonly sealedSecrets?: SealedSecretsDefinition;
  /**
   * Settings of the backend `sops`.
   * @default - none; required for the backend `sops`
   */
  readonly sops?: SopsDefinition;
  /**
   * Settings of the backend `external-secrets`.
   * @default - none; required for the backend `external-secrets`
   */
  readonly externalSecrets?: ExternalSecretsDefinition;
  /**
   * Settings of the backend `cert-manager`.
   * @default - none; required for the backend `cert-manager`
   */
  readonly certManager?: CertManagerDefinition;
}

/** The settings of the backends for one cluster, with defaults. */
export interface BackendSettings {
  readonly sealedSecrets: SealedSecretsSettings;
  readonly sops: SopsDefinition;
  readonly externalSecrets?: ExternalSecretsSettings;
  readonly certManager: CertManagerSettings;
}

/** Every backend. To add one, add it to the types above; the compiler then reports what else it needs. */
export const backends: { readonly [Backend in SecretsBackend]: BackendDescription<Backend> } = {
  plain,
  'sealed-secrets': sealedSecrets,
  sops,
  'external-secrets': externalSecrets,
  'cert-manager': certManager,
};

/** The schema of {@link BackendSettingsDefinition}, key by key. */
export const backendSettingsSchemas = {
  sealedSecrets: sealedSecretsSchema.optional(),
  sops: sopsSchema.optional(),
  externalSecrets: externalSecretsSchema.optional(),
  certManager: certManagerSchema.optional(),
} satisfies { readonly [Key in keyof Required<BackendSettingsDefinition>]: z.ZodType };

/** Fills in the settings of every backend for one cluster, which overrides the mesh. */
export function backendSettingsWithDefaults(
  mesh: BackendSettingsDefinition,
  cluster: BackendSettingsDefinition,
  { meshID, clusterName }: { readonly meshID: string; readonly clusterName: string },
): BackendSettings {
  return {
    sealedSecrets: sealedSecretsWithDefaults(mesh.sealedSecrets, cluster.sealedSecrets, clusterName),
    sops: sopsWithDefaults(mesh.sops, cluster.sops),
    externalSecrets: externalSecretsWithDefaults(mesh.externalSecrets, cluster.externalSecrets, meshID),
    certManager: certManagerWithDefaults(mesh.certManager, cluster.certManager),
  };
}

/** The names of all backends, in the order of the documentation. */
export const secretsBackends = Object.keys(backends) as SecretsBackend[];
export const remoteSecretsBackends = secretsBackends.filter(isRemoteSecretsBackend);

export function isRemoteSecretsBackend(backend: SecretsBackend): backend is RemoteSecretsBackend {
  return backends[backend].remoteSecrets === 'supported';
}

export function isEncryptedBackend(backend: SecretsBackend): backend is EncryptedBackend {
  return ['encrypted-object', 'encrypted-file'].includes(backends[backend].output);
}

/** The backends that a cluster uses: for the Secret `cacerts` and for the remote secrets. */
export function secretsBackendsOf({ secrets }: Pick<Cluster, 'secrets'>): readonly SecretsBackend[] {
  return [secrets.cacerts, secrets.remoteSecrets];
}

/** Whether the CA certificate of a cluster is issued on the machine that runs `istio-mesh ca`. */
export function isIssuedLocally({ secrets }: Cluster): boolean {
  return backends[secrets.cacerts].caCertificate === 'issued-locally';
}

/**
 * Whether the CA certificate of a cluster is part of the output, in plain text or encrypted, so that a
 * synthesis needs it. A certificate that is in a store or issued in the cluster is not part of the output: a
 * synthesis on another machine must not issue a second one with another root.
 */
export function isInOutput({ secrets }: Cluster): boolean {
  return backends[secrets.cacerts].output !== 'reference';
}

/** Whether istio-csr issues the certificates of a cluster's workloads, so that istiod needs no CA certificate. */
export function usesIstioCsr({ cacerts, certManager: { istioCsr } }: ClusterSecrets): boolean {
  return cacerts === 'cert-manager' && istioCsr === 'enabled';
}
