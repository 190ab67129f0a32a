import { z } from 'zod';
import type { AnyMeshDefinition } from '../definition';
import type { Cluster, ClusterSecrets } from '../mesh';
import { dnsSubdomain, matching, nonEmptyString } from '../schema-types';
import type { CertManagerDefinition } from './cert-manager';
import {
  type ExternalSecretsDefinition,
  externalSecretsSeparators,
  externalSecretsStoreKinds,
} from './external-secrets';
import { type SealedSecretsDefinition, sealedSecretsScopes } from './sealed-secrets';
import { hasBech32Checksum, type SopsDefinition } from './sops';

/** How the Secrets with keys and tokens are written: `cacerts` and the remote secrets. */
export interface SecretsDefinition {
  /**
   * The backend of both. `plain` is for applying from a safe place; the others may be committed:
   * `sealed-secrets` and `sops` are encrypted, `external-secrets` refers to a store, and with
   * `cert-manager` the CA certificate is issued in the cluster.
   * @default - plain
   */
  readonly backend?: SecretsBackend;
  /**
   * The backend of the remote secrets alone, which cert-manager cannot issue.
   * @default - that of backend
   */
  readonly remoteSecrets?: RemoteSecretsBackend;
  /**
   * For whom the backend `sealed-secrets` encrypts.
   * @default - the controller kube-system/sealed-secrets-controller of each cluster
   */
  readonly sealedSecrets?: SealedSecretsDefinition;
  /**
   * For whom the backend `sops` encrypts.
   * @default - none; the backend needs it
   */
  readonly sops?: SopsDefinition;
  /**
   * What the backend `external-secrets` refers to.
   * @default - none; the backend needs it
   */
  readonly externalSecrets?: ExternalSecretsDefinition;
  /**
   * Who issues the CA certificate in the backend `cert-manager`.
   * @default - none; the backend needs it
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

/** The backends in which a Secret can be written. */
export const secretsBackends = [
  'plain',
  'sealed-secrets',
  'sops',
  'external-secrets',
  'cert-manager',
] as const;
export type SecretsBackend = (typeof secretsBackends)[number];

/** The backends in which a remote secret can be written. */
export const remoteSecretsBackends = ['plain', 'sealed-secrets', 'sops', 'external-secrets'] as const;
export type RemoteSecretsBackend = (typeof remoteSecretsBackends)[number];

const hours = matching(/^[1-9]\d{0,5}h$/, 'Write hours, such as 2160h.');

const sealedSecrets = z.strictObject({
  certificate: nonEmptyString.optional(),
  scope: z.enum(sealedSecretsScopes).optional(),
  controller: z
    .strictObject({ name: dnsSubdomain.optional(), namespace: dnsSubdomain.optional() })
    .optional(),
});

const agePublicKey = /^age1[0-9a-z]+$/;

const ageRecipient = matching(
  agePublicKey,
  'Write the public key that age-keygen prints, which begins with age1.',
).refine((text) => !agePublicKey.test(text) || hasBech32Checksum(text), {
  error: 'Write the public key as age-keygen prints it; a letter of this one was changed or lost.',
});

const sops = z.strictObject({ age: z.array(ageRecipient).min(1, 'Write at least one recipient.') });

const externalSecrets = z.strictObject({
  store: z.strictObject({ name: dnsSubdomain, kind: z.enum(externalSecretsStoreKinds).optional() }),
  path: matching(/^\/?[^\s/]+(\/[^\s/]+)*$/, 'Write a path without a slash at its end.').optional(),
  separator: z.enum(externalSecretsSeparators).optional(),
  refreshInterval: matching(/^(\d+(ms|s|m|h))+$/, 'Write a duration such as 1h.').optional(),
});

const certManager = z.strictObject({
  issuer: z
    .strictObject({ name: dnsSubdomain, kind: nonEmptyString.optional(), group: dnsSubdomain.optional() })
    .optional(),
  duration: hours.optional(),
  renewBefore: hours.optional(),
  istioCsr: z.enum(['enabled', 'disabled']).optional(),
});

/** The shape of what a cluster says of its Secrets. */
export const secretsSchema = z.strictObject({
  backend: z.enum(secretsBackends).optional(),
  remoteSecrets: z.enum(remoteSecretsBackends).optional(),
  sealedSecrets: sealedSecrets.optional(),
  sops: sops.optional(),
  externalSecrets: externalSecrets.optional(),
  certManager: certManager.optional(),
});

/** The shape of what a mesh says of the Secrets of every cluster. */
export const meshSecretsSchema = secretsSchema.extend({
  directory: nonEmptyString.optional(),
}) satisfies z.ZodType<MeshSecretsDefinition>;

/** Fills in how the Secrets of a cluster are written: what it says itself, else what the mesh says. */
export function secretsWithDefaults(
  { meshID, secrets: mesh = {} }: Pick<AnyMeshDefinition, 'meshID' | 'secrets'>,
  cluster: SecretsDefinition | undefined,
  clusterName: string,
): ClusterSecrets {
  const own = cluster ?? {};
  const backend = own.backend ?? mesh.backend ?? 'plain';
  // A backend that the cluster chooses for both is not half undone by what the mesh says of one.
  const remote = own.remoteSecrets ?? own.backend ?? mesh.remoteSecrets ?? mesh.backend ?? 'plain';
  const sealed = { ...mesh.sealedSecrets, ...own.sealedSecrets };
  const controller = { ...mesh.sealedSecrets?.controller, ...own.sealedSecrets?.controller };
  const external = own.externalSecrets ?? mesh.externalSecrets;
  return {
    cacerts: backend,
    // A definition that has been checked never comes to this; one that is being checked may.
    remoteSecrets: remote === 'cert-manager' ? (mesh.remoteSecrets ?? 'plain') : remote,
    sealedSecrets: {
      certificate: sealed.certificate ?? `sealing-certificates/${clusterName}.pem`,
      scope: sealed.scope ?? 'strict',
      controller: { name: 'sealed-secrets-controller', namespace: 'kube-system', ...controller },
    },
    sops: { age: own.sops?.age ?? mesh.sops?.age ?? [] },
    ...(external === undefined ? {} : { externalSecrets: externalSecretsWithDefaults(external, meshID) }),
    certManager: certManagerWithDefaults({ ...mesh.certManager, ...own.certManager }),
  };
}

function externalSecretsWithDefaults(
  { store, path, separator, refreshInterval }: ExternalSecretsDefinition,
  meshID: string,
): NonNullable<ClusterSecrets['externalSecrets']> {
  return {
    store: { kind: 'ClusterSecretStore', ...store },
    path: path ?? meshID,
    separator: separator ?? '/',
    refreshInterval: refreshInterval ?? '1h',
  };
}

function certManagerWithDefaults({
  issuer,
  ...given
}: NonNullable<SecretsDefinition['certManager']>): ClusterSecrets['certManager'] {
  return {
    duration: '2160h',
    renewBefore: '720h',
    istioCsr: 'disabled',
    ...given,
    ...(issuer && { issuer: { kind: 'ClusterIssuer', group: 'cert-manager.io', ...issuer } }),
  };
}

/** Whether a cluster's CA certificate is issued here. With cert-manager its key is made in the cluster. */
export function isIssuedLocally({ secrets }: Cluster): boolean {
  return secrets.cacerts !== 'cert-manager';
}

/**
 * Whether a cluster's CA certificate is part of the output, in plain text or encrypted, so that a
 * synthesis needs it. One that is in a store was issued wherever the store was filled; a second one,
 * issued where somebody else synthesizes, would be of another root.
 */
export function isInOutput(cluster: Cluster): boolean {
  return isIssuedLocally(cluster) && cluster.secrets.cacerts !== 'external-secrets';
}

/** Whether istio-csr issues the certificates of a cluster's workloads, so that istiod needs none of a CA. */
export function usesIstioCsr({ cacerts, certManager }: ClusterSecrets): boolean {
  return cacerts === 'cert-manager' && certManager.istioCsr === 'enabled';
}

/** The backends of a cluster's Secrets: that of `cacerts`, and that of the remote secrets. */
export function secretsBackendsOf({ secrets }: Cluster): readonly SecretsBackend[] {
  return [secrets.cacerts, secrets.remoteSecrets];
}
