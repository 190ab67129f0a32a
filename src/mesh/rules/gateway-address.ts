import type { DefinitionProblem } from '../../problems/problem';
import { valueAt } from '../../problems/problem';
import type { AnyMeshDefinition } from '../definition';
import { valueSources } from '../helm-values';
import type { Rule } from './clusters';
import { type NetworkService, networkServices } from './network-services';
import { withoutRepeats } from './placed-problem';

/** With this annotation, istiod takes the external addresses of nodes as those of a gateway of type NodePort. */
export const nodeSelector = 'traffic.istio.io/nodeSelector';

/**
 * Between networks, istiod needs an address of each gateway: that of the load balancer, external IPs, or, with an
 * annotation, those of nodes. Addresses in Istio's `meshNetworks` replace them.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/#TrafficNodeSelector
 */
export const gatewayAddress: Rule = (definition) => {
  const { clusters } = definition;
  const isOneNetwork = new Set(clusters.map(({ network }) => network)).size < 2;
  const problems = clusters.flatMap((cluster, index) =>
    networkServices(definition, cluster, index).flatMap((service) => {
      const selector = service.annotations[nodeSelector];
      if (selector !== undefined && !isNodeSelector(String(selector))) return [invalidSelector(service)];
      const isReachable = hasAddress(service) || hasStaticAddress(definition, cluster.network);
      return isOneNetwork || isReachable ? [] : [withoutAddress(service)];
    }),
  );
  return withoutRepeats(problems);
};

function hasAddress({ type, externalIPs, annotations }: NetworkService): boolean {
  if (type === 'LoadBalancer' || externalIPs.length > 0) return true;
  return type === 'NodePort' && Object.hasOwn(annotations, nodeSelector);
}

/** Whether Istio's values have an address for the gateway of a network. */
function hasStaticAddress(definition: AnyMeshDefinition, network: string): boolean {
  return valueSources(definition).some(
    ({ values }) => valueAt(values, ['global', 'meshNetworks', network]) !== undefined,
  );
}

function isNodeSelector(text: string): boolean {
  try {
    const labels: unknown = JSON.parse(text);
    if (typeof labels !== 'object' || labels === null || Array.isArray(labels)) return false;
    return Object.values(labels).every((value) => typeof value === 'string');
  } catch {
    return false;
  }
}

function invalidSelector({ annotationPath }: NetworkService): DefinitionProblem {
  return {
    code: 'MESH-GATEWAY',
    path: annotationPath(nodeSelector),
    message: `The annotation ${nodeSelector} is not a map of labels in JSON, so istiod ignores it.`,
    hint: `Write labels in JSON, such as '{"kubernetes.io/os": "linux"}', or '{}' for all nodes.`,
  };
}

function withoutAddress({ type, typePath }: NetworkService): DefinitionProblem {
  const nodes = `add the annotation ${nodeSelector}: '{}' if the nodes have external addresses`;
  return {
    code: 'MESH-GATEWAY',
    path: typePath,
    message: `A Service of type ${type} gives istiod no address at which other networks reach the gateway.`,
    hint:
      type === 'NodePort'
        ? `Write type: LoadBalancer, add externalIPs, or ${nodes}.`
        : 'Write type: LoadBalancer, or add externalIPs.',
  };
}
