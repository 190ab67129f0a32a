import type { KubernetesObject, ObjectMetadata } from './object';

/** A port that a NetworkPolicy opens. */
export interface OpenPort {
  readonly port: number | string | undefined;
  /** @default - TCP */
  readonly protocol?: string;
}

/**
 * A policy that lets all clients reach some ports of pods, and no others. What the pods reach is not restricted.
 *
 * @param groups the ports, grouped as in the manifest
 */
export function openPortsPolicy(
  metadata: ObjectMetadata,
  podLabels: Readonly<Record<string, string>>,
  groups: readonly (readonly OpenPort[])[],
): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: { matchLabels: podLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: groups.map((ports) => ({
        ports: ports.map(({ port, protocol = 'TCP' }) => ({ protocol, port })),
      })),
      egress: [{}],
    },
  };
}
