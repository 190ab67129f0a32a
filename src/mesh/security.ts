import type { HelmValues } from './helm-values';

/** How much the mesh and its pods are restricted: as Istio's documentation recommends, or as Istio installs itself. */
export const securityLevels = ['hardened', 'istio'] as const;
export type SecurityLevel = (typeof securityLevels)[number];

const seccompProfile = { type: 'RuntimeDefault' };

/** The Helm values of each level, which the values of a user override. */
export const valuesOfSecurity: Readonly<Record<SecurityLevel, HelmValues>> = {
  hardened: {
    gateways: { seccompProfile },
    global: { networkPolicy: { enabled: true }, proxy: { seccompProfile } },
    pilot: { seccompProfile },
  },
  istio: {},
};

/** Whether an east-west gateway leads to istiod. The clusters of a mesh have their own, so nothing needs it. */
export const istiodPortsOfSecurity: Readonly<Record<SecurityLevel, 'enabled' | 'disabled'>> = {
  hardened: 'disabled',
  istio: 'enabled',
};
