import type { DefinitionProblem } from '../../problems/problem';
import type { EastWestGatewayDefinition } from '../gateway';
import type { Rule } from './clusters';

/** Two settings of a gateway that cannot both hold; `at` leads to one of them. */
export type GatewayProblem = Pick<DefinitionProblem, 'message' | 'hint'> & { readonly at: readonly string[] };

/** Settings of a gateway that Kubernetes would refuse, or of which one would silently win. */
export const consistentGateway: Rule = ({ clusters }) =>
  clusters.flatMap(({ eastWestGateway }, index) => {
    if (eastWestGateway === undefined || eastWestGateway === 'disabled') return [];
    return gatewayProblems(eastWestGateway).map(({ at, message, hint }) => ({
      code: 'MESH-GATEWAY' as const,
      path: ['clusters', index, 'eastWestGateway', ...at],
      message,
      hint,
    }));
  });

/** The contradictions among the settings of one gateway. */
export function gatewayProblems(gateway: EastWestGatewayDefinition): GatewayProblem[] {
  const { autoscaling = {}, replicas, service = {}, loadBalancer } = gateway;
  const found: GatewayProblem[] = [];
  if (autoscaling !== 'disabled') {
    const { minReplicas = 1, maxReplicas = 5 } = autoscaling;
    if (replicas !== undefined) {
      found.push({
        at: ['replicas'],
        message: 'The autoscaler sets the number of replicas, so a fixed number would have no effect.',
        hint: 'Write autoscaling: disabled beside it, or autoscaling.minReplicas instead.',
      });
    }
    if (minReplicas > maxReplicas) {
      found.push({
        at: ['autoscaling'],
        message: `minReplicas ${minReplicas} is greater than maxReplicas ${maxReplicas}.`,
        hint: 'Write a maxReplicas that is at least minReplicas.',
      });
    }
  }
  if (service.type !== undefined && service.type !== 'LoadBalancer') {
    const ofLoadBalancer = ['loadBalancerClass', 'loadBalancerIP', 'loadBalancerSourceRanges'] as const;
    for (const key of ofLoadBalancer.filter((name) => service[name] !== undefined)) {
      found.push({
        at: ['service', key],
        message: `A Service of type ${service.type} has no ${key}.`,
        hint: `Remove ${key}, or write type: LoadBalancer.`,
      });
    }
    if (loadBalancer !== undefined) {
      found.push({
        at: ['loadBalancer'],
        message: `A Service of type ${service.type} has no load balancer.`,
        hint: 'Remove loadBalancer, or write service.type: LoadBalancer.',
      });
    }
  }
  if (service.type === 'ClusterIP' && service.externalTrafficPolicy !== undefined) {
    found.push({
      at: ['service', 'externalTrafficPolicy'],
      message: 'A Service of type ClusterIP takes no traffic from outside.',
      hint: 'Remove externalTrafficPolicy, or write another type.',
    });
  }
  return found;
}

/** Where there are several networks, each needs a gateway, or the others can never reach its pods. */
export const gatewayInEveryNetwork: Rule = ({ clusters }) => {
  const networks = new Set(clusters.map(({ network }) => network));
  if (networks.size < 2) return [];
  const entered = new Set(
    clusters.filter(({ eastWestGateway }) => eastWestGateway !== 'disabled').map(({ network }) => network),
  );
  return clusters.flatMap(({ network }, index) => {
    const reported = clusters.findIndex((cluster) => cluster.network === network) !== index;
    if (entered.has(network) || reported) return [];
    return {
      code: 'MESH-GATEWAY',
      path: ['clusters', index, 'eastWestGateway'],
      message: `No cluster of ${network} has an east-west gateway, so no other network can reach its pods.`,
      hint: 'Remove eastWestGateway: disabled from one of its clusters.',
    };
  });
};

/** istiod finds the gateway of a network in the clusters that it reads, and in no others. */
export const gatewayOfPeers: Rule = ({ clusters }) =>
  clusters.flatMap(({ name, network, peers }, index) => {
    if (peers === undefined) return [];
    const read = clusters.filter((cluster) => peers.includes(cluster.name) && cluster.network !== network);
    return [...new Set(read.map((cluster) => cluster.network))].flatMap((other) => {
      const entrances = clusters.filter(
        (cluster) => cluster.network === other && cluster.eastWestGateway !== 'disabled',
      );
      if (entrances.length === 0 || entrances.some((cluster) => peers.includes(cluster.name))) return [];
      return {
        code: 'MESH-GATEWAY' as const,
        path: ['clusters', index, 'peers'],
        message: `${name} reads clusters of ${other}, but none of those with its east-west gateway, so it cannot reach them.`,
        hint: `Add ${entrances.map((cluster) => cluster.name).join(' or ')}.`,
      };
    });
  });
