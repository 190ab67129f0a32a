import { join } from 'node:path';
import { z } from 'zod';
import { dnsSubdomain, nonEmptyString } from '../schema-types';
import type { BackendDescription } from './backend-description';

/**
 * Settings of the backend `sealed-secrets`, which encrypts Secrets for the controller of one cluster.
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
   * Where a SealedSecret can be decrypted: only under its name and namespace, in its namespace, or anywhere.
   * @default - strict
   */
  readonly scope?: SealedSecretsScope;
  /**
   * The Service of the controller; `istio-mesh join` fetches the certificate from it.
   * @default - kube-system/sealed-secrets-controller
   */
  readonly controller?: SealedSecretsControllerDefinition;
}

/** The scopes of a SealedSecret. */
export const sealedSecretsScopes = ['strict', 'namespace-wide', 'cluster-wide'] as const;
export type SealedSecretsScope = (typeof sealedSecretsScopes)[number];

/** The Service of the Sealed Secrets controller. */
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

/** The schema of {@link SealedSecretsDefinition}. */
export const sealedSecretsSchema = z.strictObject({
  certificate: nonEmptyString.optional(),
  scope: z.enum(sealedSecretsScopes).optional(),
  controller: z
    .strictObject({ name: dnsSubdomain.optional(), namespace: dnsSubdomain.optional() })
    .optional(),
}) satisfies z.ZodType<SealedSecretsDefinition>;

/** The settings of the backend `sealed-secrets` for one cluster. */
export interface SealedSecretsSettings extends Required<Omit<SealedSecretsDefinition, 'controller'>> {
  readonly controller: Required<SealedSecretsControllerDefinition>;
}

/** Fills in the defaults. The cluster overrides the mesh key by key. */
export function sealedSecretsWithDefaults(
  mesh: SealedSecretsDefinition | undefined,
  cluster: SealedSecretsDefinition | undefined,
  clusterName: string,
): SealedSecretsSettings {
  const { certificate, scope } = { ...mesh, ...cluster };
  return {
    certificate: certificate ?? usualSealingCertificate(clusterName),
    scope: scope ?? 'strict',
    controller: {
      name: 'sealed-secrets-controller',
      namespace: 'kube-system',
      ...mesh?.controller,
      ...cluster?.controller,
    },
  };
}

/** SealedSecrets, which the controller of one cluster decrypts. */
export const sealedSecrets: BackendDescription<'sealed-secrets'> = {
  caCertificate: 'issued-locally',
  output: 'encrypted-object',
  remoteSecrets: 'supported',
  settingsProblems: () => [],
  contentSource: ({ encryptedSecrets, clusterName, chart }) =>
    join(encryptedSecrets, clusterName, `${chart}.yaml`),
};

/** The file of the certificate of a cluster whose definition names none. */
export function usualSealingCertificate(clusterName: string): string {
  return `sealing-certificates/${clusterName}.pem`;
}
