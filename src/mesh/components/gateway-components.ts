import { isMap } from '../helm-values';
import type { IstioProfile } from '../istio';
import type { ControlPlaneSettings } from '../mesh';
import type { GatewayComponentDefinition } from './definition';

/** The kinds of gateways in Istio's components, each with the key of its values and of its list. */
export const gatewayKinds = {
  ingress: { values: 'istio-ingressgateway', components: 'ingressGateways' },
  egress: { values: 'istio-egressgateway', components: 'egressGateways' },
} as const;
export type GatewayKind = keyof typeof gatewayKinds;

/** A gateway of a control plane. */
export interface GatewayComponent {
  readonly kind: GatewayKind;
  /** Undefined for the gateway of the profile. */
  readonly component?: GatewayComponentDefinition;
}

/** The gateways that a profile enables; the others it lists as disabled. */
const enabledByProfile: Readonly<Record<IstioProfile, readonly GatewayKind[]>> = {
  default: ['ingress'],
  minimal: [],
  demo: ['ingress', 'egress'],
  preview: ['ingress'],
  stable: ['ingress'],
};

/** The gateways of a control plane: those of its components, else those of its profile. */
export function gatewayComponents(
  settings: Pick<ControlPlaneSettings, 'components' | 'profile' | 'values'>,
): readonly GatewayComponent[] {
  const { components = {}, profile } = settings;
  return (Object.keys(gatewayKinds) as GatewayKind[]).flatMap((kind) => {
    const listed = components[gatewayKinds[kind].components];
    const isEnabled = enabledByProfile[profile].includes(kind) || isEnabledByValue(kind, settings);
    if (listed === undefined) return isEnabled ? [{ kind }] : [];
    return listed
      .filter(({ enabled }) => (enabled ?? true) || isEnabledByValue(kind, settings))
      .map((component) => ({ kind, component }));
  });
}

/** For istioctl, `enabled` of the values enables all gateways of a kind, and does not disable any. */
function isEnabledByValue(kind: GatewayKind, { values }: Pick<ControlPlaneSettings, 'values'>): boolean {
  const { gateways } = values;
  const gateway = isMap(gateways) ? gateways[gatewayKinds[kind].values] : undefined;
  return isMap(gateway) && gateway.enabled === true;
}
