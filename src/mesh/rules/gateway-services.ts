import type { GatewaySettings } from '../gateways/gateway-settings';
import type { ServiceFieldsDefinition, ServicePortDefinition } from '../gateways/service-settings';
import type { PlacedProblem } from './gateway-settings';

/** The Service of a gateway, as the API server validates it. */
export function gatewayServiceProblems({ values }: GatewaySettings): PlacedProblem[] {
  const { type, ports = [], ...service } = values.service ?? {};
  if (type === 'None') return [];
  const ownPorts = values.networkGateway ? [] : ports;
  const hasPorts = values.networkGateway || ports.length > 0;
  const withoutPorts = { at: ['service', 'ports'], message: 'The Service has no port.', hint: 'Add a port.' };
  const found = [
    ...(hasPorts ? [] : [withoutPorts]),
    ...servicePortProblems(ownPorts, type),
    ...serviceFieldProblems(service, type),
  ];
  return found.map(({ at, ...problem }) => ({
    at: at[0] === 'service' ? at : ['service', ...at],
    ...problem,
  }));
}

/** Ports that Kubernetes refuses beside each other, or in a Service of a type. */
function servicePortProblems(
  ports: readonly ServicePortDefinition[],
  type: string | undefined,
): PlacedProblem[] {
  return ports.flatMap((port, index) => {
    const before = ports.slice(0, index);
    return [
      ...(ports.length > 1 && !port.name ? [withoutName(index)] : []),
      ...(port.name && before.some(({ name }) => name === port.name)
        ? [repeated(index, 'name', port.name)]
        : []),
      ...(before.some((other) => isSame(other, port, 'port')) ? [repeated(index, 'port', port.port)] : []),
      ...(port.nodePort && before.some((other) => isSame(other, port, 'nodePort'))
        ? [repeated(index, 'nodePort', port.nodePort)]
        : []),
      ...(port.nodePort && type === 'ClusterIP' ? [nodePortOfClusterIp(index)] : []),
    ];
  });
}

function isSame(a: ServicePortDefinition, b: ServicePortDefinition, field: 'port' | 'nodePort'): boolean {
  return a[field] === b[field] && (a.protocol || 'TCP') === (b.protocol || 'TCP');
}

function withoutName(index: number): PlacedProblem {
  return {
    at: ['ports', index],
    message: 'A Service with several ports needs a name for each.',
    hint: 'Add name: with a name such as https.',
  };
}

function repeated(index: number, field: string, value: unknown): PlacedProblem {
  return {
    at: ['ports', index, field],
    message: `Two ports of the Service have the ${field} ${value}.`,
    hint: `Write another ${field}, or remove one of the two.`,
  };
}

function nodePortOfClusterIp(index: number): PlacedProblem {
  return {
    at: ['ports', index, 'nodePort'],
    message: 'A Service of type ClusterIP has no nodePort.',
    hint: 'Remove nodePort, or write type: LoadBalancer or type: NodePort.',
  };
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
