import type { EastWestGatewayDefinition, ServiceDefinition } from '../gateway';
import { loadBalancerPreset } from '../load-balancer-preset';
import { type Texts, textsOf } from './texts';

/** The Service of an east-west gateway with its defaults. */
export type ServiceSettings = Omit<ServiceDefinition, 'annotations'> &
  Required<Pick<ServiceDefinition, 'type'>> & { readonly annotations: Texts };

/** The Service of an east-west gateway, merged over the preset for its load balancer. */
export function serviceWithPreset({
  loadBalancer,
  annotations,
  service = {},
}: Pick<EastWestGatewayDefinition, 'loadBalancer' | 'annotations' | 'service'>): ServiceSettings {
  const preset = loadBalancer && loadBalancerPreset(loadBalancer.cloud, loadBalancer.scheme ?? 'public');
  return {
    type: 'LoadBalancer',
    ...preset,
    ...withoutEmptyTexts(service),
    annotations: textsOf({ ...preset?.annotations, ...annotations, ...service.annotations }),
  };
}

/** Helm takes an empty text for no value, and Kubernetes refuses it. */
function withoutEmptyTexts(service: ServiceDefinition): ServiceDefinition {
  return Object.fromEntries(Object.entries(service).filter(([, value]) => value !== ''));
}
