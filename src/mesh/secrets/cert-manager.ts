import { z } from 'zod';
import { dnsSubdomain, matching, nonEmptyString } from '../schema-types';
import type { BackendDescription, BackendProblem } from './backend-description';

/**
 * Settings of the backend `cert-manager`, which generates the key and issues the CA certificate in the cluster.
 *
 * @see https://cert-manager.io
 */
export interface CertManagerDefinition {
  /**
   * The issuer of the cluster's CA certificate. The issuers of all clusters must have the same root.
   * @default - none; required, unless istioCsr is enabled
   */
  readonly issuer?: CertManagerIssuerDefinition;
  /**
   * The lifetime of the certificate in hours, such as 2160h.
   * @default - 2160h
   */
  readonly duration?: string;
  /**
   * How long before its expiry the certificate is renewed, in hours, such as 720h.
   * @default - 720h
   */
  readonly renewBefore?: string;
  /**
   * Whether istio-csr issues the certificates of workloads instead of istiod. The cluster then needs no CA
   * certificate. Set the name of the cluster as the clusterID of istio-csr, its trust domain, and the revisions of the control
   * planes in its values. Istio's value `global.caAddress` overrides the address
   * cert-manager-istio-csr.cert-manager.svc:443.
   * @default - disabled
   */
  readonly istioCsr?: 'enabled' | 'disabled';
}

/** An issuer of cert-manager. */
export interface CertManagerIssuerDefinition {
  /**
   * The name of the issuer.
   */
  readonly name: string;
  /**
   * The kind of the issuer. An Issuer must be in the namespace of istiod.
   * @default - ClusterIssuer
   */
  readonly kind?: string;
  /**
   * The API group of the kind, for an external issuer.
   * @default - cert-manager.io
   */
  readonly group?: string;
}

const hours = matching(/^[1-9]\d{0,5}h$/, 'Write hours, such as 2160h.');

/** The schema of {@link CertManagerDefinition}. */
export const certManagerSchema = z.strictObject({
  issuer: z
    .strictObject({ name: dnsSubdomain, kind: nonEmptyString.optional(), group: dnsSubdomain.optional() })
    .optional(),
  duration: hours.optional(),
  renewBefore: hours.optional(),
  istioCsr: z.enum(['enabled', 'disabled']).optional(),
}) satisfies z.ZodType<CertManagerDefinition>;

/** The settings of the backend `cert-manager` for one cluster. */
export interface CertManagerSettings extends Required<Omit<CertManagerDefinition, 'issuer'>> {
  readonly issuer?: Required<CertManagerIssuerDefinition>;
}

/** Fills in the defaults. The cluster overrides the mesh key by key. */
export function certManagerWithDefaults(
  mesh: CertManagerDefinition | undefined,
  cluster: CertManagerDefinition | undefined,
): CertManagerSettings {
  const { issuer, ...settings } = { ...mesh, ...cluster };
  return {
    duration: '2160h',
    renewBefore: '720h',
    istioCsr: 'disabled',
    ...settings,
    ...(issuer && { issuer: { kind: 'ClusterIssuer', group: 'cert-manager.io', ...issuer } }),
  };
}

/** A Certificate, which cert-manager issues in the cluster. cert-manager issues no tokens for remote secrets. */
export const certManager: BackendDescription<'cert-manager'> = {
  caCertificate: 'issued-in-cluster',
  output: 'reference',
  remoteSecrets: 'unsupported',
  settingsProblems: ({ certManager: settings }) => {
    if (settings.istioCsr === 'enabled') return [];
    if (settings.issuer !== undefined) return renewalProblems(settings);
    return [
      {
        message: 'The backend cert-manager needs an issuer of the CA certificate.',
        hint: 'Write certManager: { issuer: { name: … } } beside it, or certManager: { istioCsr: enabled }.',
      },
    ];
  },
  contentSource: ({ secrets: { certManager: settings } }) =>
    settings.istioCsr === 'enabled'
      ? 'none: istio-csr issues in place of istiod'
      : `${settings.issuer?.kind} ${settings.issuer?.name}`,
};

/** cert-manager rejects a Certificate that it would have to renew before it has issued it. */
function renewalProblems({ duration, renewBefore }: CertManagerSettings): BackendProblem[] {
  if (Number.parseInt(renewBefore, 10) < Number.parseInt(duration, 10)) return [];
  return [
    {
      key: 'certManager',
      message: `renewBefore, ${renewBefore}, is not shorter than duration, ${duration}.`,
      hint: 'Write a shorter renewBefore; a third of duration is usual.',
    },
  ];
}
