import type { EastWestGatewayDefinition } from '../gateway-definition';
import type { Finding } from '../problem';
import type { Rule } from './rule';

/** Two settings of a gateway that cannot both hold; `at` leads to one of them. */
export type Contradiction = Pick<Finding, 'found' | 'remedy'> & { readonly at: readonly string[] };

/** Settings of a gateway that Kubernetes would refuse, or of which one would silently win. */
export const consistentGateway: Rule = ({ clusters }) =>
  clusters.flatMap(({ eastWestGateway }, index) => {
    if (eastWestGateway === undefined || eastWestGateway === 'disabled') return [];
    return gatewayContradictions(eastWestGateway).map(({ at, found, remedy }) => ({
      code: 'MESH-GATEWAY' as const,
      path: ['clusters', index, 'eastWestGateway', ...at],
      found,
      remedy,
    }));
  });

/** The contradictions among the settings of one gateway. */
export function gatewayContradictions(gateway: EastWestGatewayDefinition): Contradiction[] {
  const { autoscaling = {}, replicas, service = {}, loadBalancer } = gateway;
  const found: Contradiction[] = [];
  if (autoscaling !== 'disabled') {
    const { minReplicas = 1, maxReplicas = 5 } = autoscaling;
    if (replicas !== undefined) {
      found.push({
        at: ['replicas'],
        found: 'The autoscaler sets the number of replicas, so a fixed number would have no effect.',
        remedy: 'Write autoscaling: disabled beside it, or autoscaling.minReplicas instead.',
      });
    }
    if (minReplicas > maxReplicas) {
      found.push({
        at: ['autoscaling'],
        found: `minReplicas ${minReplicas} is greater than maxReplicas ${maxReplicas}.`,
        remedy: 'Write a maxReplicas that is at least minReplicas.',
      });
    }
  }
  if (service.type !== undefined && service.type !== 'LoadBalancer') {
    const ofLoadBalancer = ['loadBalancerClass', 'loadBalancerIP', 'loadBalancerSourceRanges'] as const;
    for (const key of ofLoadBalancer.filter((name) => service[name] !== undefined)) {
      found.push({
        at: ['service', key],
        found: `A Service of type ${service.type} has no ${key}.`,
        remedy: `Remove ${key}, or write type: LoadBalancer.`,
      });
    }
    if (loadBalancer !== undefined) {
      found.push({
        at: ['loadBalancer'],
        found: `A Service of type ${service.type} has no load balancer.`,
        remedy: 'Remove loadBalancer, or write service.type: LoadBalancer.',
      });
    }
  }
  if (service.type === 'ClusterIP' && service.externalTrafficPolicy !== undefined) {
    found.push({
      at: ['service', 'externalTrafficPolicy'],
      found: 'A Service of type ClusterIP takes no traffic from outside.',
      remedy: 'Remove externalTrafficPolicy, or write another type.',
    });
  }
  return found;
}
