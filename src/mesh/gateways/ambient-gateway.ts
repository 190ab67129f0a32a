import { type DataPlane, hasSidecars } from '../data-plane';
import type { EastWestGatewayDefinition, ServiceDefinition } from '../gateway';
import { mergeValues } from '../helm-values';
import { ambientGatewayName, eastWestGatewayLabels, eastWestGatewayName } from '../istio-names';
import { type GatewayNamespace, gatewayNamespace } from './namespace';
import { type ServiceSettings, serviceWithPreset } from './service-with-preset';
import { type Texts, textsOf } from './texts';

/**
 * The settings of an east-west gateway of ambient mode. What the definition does not set is undefined, because istiod has
 * defaults of its own.
 */
export interface AmbientGatewaySettings
  extends Omit<
    EastWestGatewayDefinition,
    'ambient' | 'annotations' | 'istiodPorts' | 'labels' | 'loadBalancer' | 'namespace' | 'service'
  > {
  readonly name: string;
  readonly namespace: GatewayNamespace;
  readonly labels: Texts;
  readonly annotations: Texts;
  readonly service: ServiceSettings;
}

/** Fills in the defaults of the east-west gateway of ambient mode. */
export function ambientGatewayWithDefaults(
  definition: EastWestGatewayDefinition,
  dataPlane: DataPlane,
): AmbientGatewaySettings {
  const { ambient, istiodPorts: _, labels, annotations, loadBalancer, namespace, ...others } = definition;
  const { service: __, ...settings } = others;
  return {
    ...settings,
    name: ambientNameOf(ambient, dataPlane),
    namespace: gatewayNamespace(namespace),
    labels: ownLabels(textsOf(labels)),
    annotations: textsOf(annotations),
    service: serviceWithPreset({
      loadBalancer,
      annotations,
      service: ambientServiceOf(definition, dataPlane),
    }),
  };
}

/** The name of the east-west gateway of ambient mode. */
export function ambientNameOf(ambient: EastWestGatewayDefinition['ambient'], dataPlane: DataPlane): string {
  return ambient?.name ?? (hasSidecars(dataPlane) ? ambientGatewayName : eastWestGatewayName);
}

/** The Service of the east-west gateway of ambient mode, as its definition has it. */
export function ambientServiceOf(
  { service = {}, ambient = {} }: Pick<EastWestGatewayDefinition, 'service' | 'ambient'>,
  dataPlane: DataPlane,
): ServiceDefinition {
  const shared = hasSidecars(dataPlane) ? withoutAddresses(service) : service;
  return mergeValues(shared, ambient.service ?? {}) as ServiceDefinition;
}

/** What two Services cannot share, or what is meant for sidecars. */
function withoutAddresses(service: ServiceDefinition): ServiceDefinition {
  const {
    ports: _,
    clusterIP: __,
    externalIPs: ___,
    healthCheckNodePort: ____,
    loadBalancerIP: _____,
    selectorLabels: ______,
    ...shared
  } = service;
  return shared;
}

/** The label with the port at which sidecars of other networks enter. */
export const sidecarPortLabel = 'networking.istio.io/gatewayPort';

/** Labels without those by which the Service of the gateway for sidecars selects its pods. */
function ownLabels(labels: Texts): Texts {
  const others: readonly string[] = [...Object.keys(eastWestGatewayLabels), sidecarPortLabel];
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !others.includes(name)));
}
