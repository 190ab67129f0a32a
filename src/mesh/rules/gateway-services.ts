import type { GatewaySettings } from '../gateways/gateway-settings';
import type { ServiceFieldsDefinition } from '../gateways/service-settings';
import type { HelmValues } from '../helm-values';
import { entriesAt } from './effective-values';
import type { PlacedProblem } from './placed-problem';
import { servicePortProblems } from './service-ports';

/** The Service of a gateway, as the API server validates it. */
export function gatewayServiceProblems({ values }: GatewaySettings): PlacedProblem[] {
  const { type, ports = [], ...service } = values.service ?? {};
  if (type === 'None') return [];
  const ownPorts = values.networkGateway ? [] : ports;
  const hasPorts = values.networkGateway || ports.length > 0;
  const withoutPorts = { at: ['service', 'ports'], message: 'The Service has no port.', hint: 'Add a port.' };
  const found = [
    ...(hasPorts ? [] : [withoutPorts]),
    ...servicePortProblems(entriesAt({ ports: ownPorts } as unknown as HelmValues, ['ports']), type),
    ...serviceFieldProblems(service, type),
  ];
  return found.map(({ at, ...problem }) => ({
    at: at[0] === 'service' ? at : ['service', ...at],
    ...problem,
  }));
}

/** Fields that Kubernetes refuses in a Service of a type. */
export function serviceFieldProblems(
  service: ServiceFieldsDefinition,
  type: string | undefined,
): PlacedProblem[] {
  const {
    loadBalancerSourceRanges = [],
    externalTrafficPolicy,
    healthCheckNodePort,
    externalIPs = [],
  } = service;
  const isInternal = type === 'ClusterIP' && externalIPs.length === 0;
  return [
    ...(loadBalancerSourceRanges.length > 0 && type !== 'LoadBalancer'
      ? [notOfType('loadBalancerSourceRanges', type)]
      : []),
    ...(externalTrafficPolicy && isInternal ? [notOfType('externalTrafficPolicy', type)] : []),
    ...(healthCheckNodePort && (type !== 'LoadBalancer' || externalTrafficPolicy !== 'Local')
      ? [
          {
            at: ['healthCheckNodePort'],
            message: 'Only a load balancer with externalTrafficPolicy: Local has a healthCheckNodePort.',
            hint: 'Add externalTrafficPolicy: Local, or remove healthCheckNodePort.',
          },
        ]
      : []),
    ...(service.clusterIP === 'None' && type !== 'ClusterIP'
      ? [
          {
            at: ['clusterIP'],
            message: `A Service of type ${type} needs an address in the cluster.`,
            hint: 'Remove clusterIP, or write type: ClusterIP.',
          },
        ]
      : []),
    ...affinityProblems(service),
    ...familyProblems(service),
  ];
}

function notOfType(field: string, type: string | undefined): PlacedProblem {
  return {
    at: [field],
    message: `A Service of type ${type} has no ${field}.`,
    hint: `Remove ${field}, or write type: LoadBalancer.`,
  };
}

function affinityProblems({
  sessionAffinity,
  sessionAffinityConfig,
}: ServiceFieldsDefinition): PlacedProblem[] {
  if (sessionAffinityConfig === undefined || sessionAffinity === 'ClientIP') return [];
  return [
    {
      at: ['sessionAffinityConfig'],
      message: 'Without sessionAffinity: ClientIP, the sessionAffinityConfig has no meaning.',
      hint: 'Add sessionAffinity: ClientIP, or remove sessionAffinityConfig.',
    },
  ];
}

function familyProblems({ ipFamilyPolicy, ipFamilies = [] }: ServiceFieldsDefinition): PlacedProblem[] {
  if (ipFamilyPolicy !== 'SingleStack' || ipFamilies.length < 2) return [];
  return [
    {
      at: ['ipFamilies'],
      message: 'A Service with the policy SingleStack has one IP family, not two.',
      hint: 'Write ipFamilyPolicy: PreferDualStack, or one family.',
    },
  ];
}
