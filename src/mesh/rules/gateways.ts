import { dataPlaneOf, hasSidecars } from '../data-plane';
import { gatewayWithDefaults } from '../defaults';
import type { AnyMeshDefinition } from '../definition';
import type { EastWestGatewayDefinition, ServiceDefinition } from '../gateway';
import { eastWestGatewayOf } from '../gateways/east-west-source';
import { gatewayNamespace } from '../gateways/namespace';
import { resourcesProblems } from '../kubernetes/container-resources';
import { hasNetworkGateway } from '../network-gateway';
import type { Rule } from './clusters';
import { eastWestPodProblems } from './east-west-pods';
import { eastWestPortProblems } from './east-west-ports';
import { gatewayNamespaceProblems } from './gateway-namespace';
import { serviceFieldProblems } from './gateway-services';
import { eastWestProblem, type PlacedProblem, withoutRepeats } from './placed-problem';

/** Kubernetes would reject conflicting settings of a gateway, or ignore one of them. */
export const consistentGateway: Rule = (mesh) => {
  const problems = mesh.clusters.flatMap((cluster, index) => {
    if (mesh.eastWestGateway === undefined && cluster.eastWestGateway === undefined) return [];
    const gateway = eastWestGatewayOf(cluster, mesh);
    if (gateway === undefined || !hasSidecars(dataPlaneOf(mesh, cluster))) return [];
    const namespace = gatewayNamespaceProblems(gatewayNamespace(gateway.namespace), mesh);
    return [...gatewayProblems(gateway, cluster.network), ...namespace].map(eastWestProblem(mesh, index));
  });
  return withoutRepeats(problems);
};

/** The conflicts between the settings of a gateway. */
export function gatewayProblems(gateway: EastWestGatewayDefinition, network: string): PlacedProblem[] {
  return [
    ...scalingProblems(gateway),
    ...amountProblems(gateway),
    ...serviceTypeProblems(gateway),
    ...eastWestPortProblems(gateway),
    ...eastWestPodProblems(gateway, network),
  ];
}

/** The limits of the autoscaler, and a number of pods beside it. */
export function scalingProblems({ autoscaling = {}, replicas }: EastWestGatewayDefinition): PlacedProblem[] {
  if (autoscaling === 'disabled') return [];
  const problems: PlacedProblem[] = [];
  const { minReplicas = 1, maxReplicas = 5 } = autoscaling;
  if (replicas !== undefined) {
    problems.push({
      at: ['replicas'],
      message: 'The autoscaler sets the number of replicas, so a fixed number has no effect.',
      hint: 'Add autoscaling: disabled, or write autoscaling.minReplicas instead.',
    });
  }
  if (minReplicas > maxReplicas) {
    problems.push({
      at: ['autoscaling'],
      message: `minReplicas ${minReplicas} is greater than maxReplicas ${maxReplicas}.`,
      hint: 'Write a maxReplicas that is at least minReplicas.',
    });
  }
  return problems;
}

/** A limit may be below the default request, and a request above the default limit. */
export function amountProblems(gateway: EastWestGatewayDefinition): PlacedProblem[] {
  const { resources } = gatewayWithDefaults(gateway);
  return resourcesProblems(resources).map(({ path: [field, name = ''], message, hint }) => {
    const other = field === 'limits' ? 'requests' : 'limits';
    const given = gateway.resources?.[field]?.[name] === undefined ? other : field;
    return { at: ['resources', given, name], message, hint };
  });
}

const loadBalancerKeys = [
  'allocateLoadBalancerNodePorts',
  'loadBalancerClass',
  'loadBalancerIP',
  'loadBalancerSourceRanges',
] as const;

/** What a Service of a type cannot have. */
export function serviceTypeProblems(gateway: EastWestGatewayDefinition): PlacedProblem[] {
  const { service = {}, loadBalancer } = gateway;
  const problems: PlacedProblem[] = [];
  if (service.type !== undefined && service.type !== 'LoadBalancer') {
    problems.push(...loadBalancerKeyProblems(service));
    if (loadBalancer !== undefined) {
      problems.push({
        at: ['loadBalancer'],
        message: `A Service of type ${service.type} has no load balancer.`,
        hint: 'Remove loadBalancer, or write service.type: LoadBalancer.',
      });
    }
  }
  if (service.type === 'ClusterIP' && service.externalTrafficPolicy !== undefined) {
    problems.push({
      at: ['service', 'externalTrafficPolicy'],
      message: 'A Service of type ClusterIP accepts no traffic from outside the cluster.',
      hint: 'Remove externalTrafficPolicy, or write another type.',
    });
  }
  return [...problems, ...fieldProblems(service)];
}

/** What Kubernetes refuses besides the fields that only a load balancer has. */
function fieldProblems(service: ServiceDefinition): PlacedProblem[] {
  return serviceFieldProblems(service, service.type ?? 'LoadBalancer')
    .filter(({ at: [field] }) => field !== 'loadBalancerSourceRanges' && field !== 'externalTrafficPolicy')
    .map(({ at, ...problem }) => ({ at: ['service', ...at], ...problem }));
}

/** Whether a Service without a load balancer has settings of one. */
export function isMeantAsLoadBalancer({ service = {}, loadBalancer }: EastWestGatewayDefinition): boolean {
  if ((service.type ?? 'LoadBalancer') === 'LoadBalancer') return false;
  return loadBalancer !== undefined || loadBalancerKeyProblems(service).length > 0;
}

function loadBalancerKeyProblems(service: ServiceDefinition): PlacedProblem[] {
  return loadBalancerKeys
    .filter((key) => service[key] !== undefined)
    .map((key) => ({
      at: ['service', key],
      message: `A Service of type ${service.type} has no ${key}.`,
      hint: `Remove ${key}, or write type: LoadBalancer.`,
    }));
}

/** In a mesh with several networks, each network needs a gateway, or other networks cannot reach its pods. */
export const gatewayInEveryNetwork: Rule = ({ clusters, dataPlane, gateways, istio }) => {
  const networks = new Map<string, { readonly index: number; hasGateway: boolean }>();
  for (const [index, cluster] of clusters.entries()) {
    const { network } = cluster;
    const entry = networks.get(network) ?? { index, hasGateway: false };
    entry.hasGateway ||= hasNetworkGateway(cluster, { dataPlane, gateways, istio });
    networks.set(network, entry);
  }
  if (networks.size < 2) return [];
  return [...networks]
    .filter(([, { hasGateway }]) => !hasGateway)
    .map(([network, { index }]) => ({
      code: 'MESH-GATEWAY',
      path: ['clusters', index, 'eastWestGateway'],
      message: `No cluster of ${network} has an east-west gateway, so no other network can reach its pods.`,
      hint: 'Remove eastWestGateway: disabled from one of its clusters.',
    }));
};

/** istiod finds the gateway of a network only in the clusters that it reads. */
export const gatewayOfPeers: Rule = (definition) => {
  const { clusters } = definition;
  const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]));
  const entrances = clustersWithGateway(definition);
  return clusters.flatMap(({ name, network, peers = [] }, index) => {
    const read = peers.flatMap((peer) => byName.get(peer) ?? []);
    const networks = new Set(read.map((cluster) => cluster.network).filter((other) => other !== network));
    return [...networks].flatMap((other) => {
      const names = entrances.get(other) ?? new Set();
      if (names.size === 0 || peers.some((peer) => names.has(peer))) return [];
      return {
        code: 'MESH-GATEWAY' as const,
        path: ['clusters', index, 'peers'],
        message: `${name} has peers in ${other}, but none of them has an east-west gateway, so ${name} cannot reach them.`,
        hint: `Add ${[...names].join(' or ')} to its peers.`,
      };
    });
  });
};

/** The names of the clusters that have a gateway, by network. */
function clustersWithGateway(definition: AnyMeshDefinition): Map<string, Set<string>> {
  const byNetwork = new Map<string, Set<string>>();
  for (const cluster of definition.clusters) {
    const { name, network } = cluster;
    if (!hasNetworkGateway(cluster, definition)) continue;
    const names = byNetwork.get(network);
    if (names === undefined) byNetwork.set(network, new Set([name]));
    else names.add(name);
  }
  return byNetwork;
}
