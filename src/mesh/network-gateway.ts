import type { AnyMeshDefinition, ClusterDefinition } from './definition';
import { mergedGateways } from './gateways/gateway-settings';
import { eastWestGatewayLabels, eastWestGatewayName, istioSystem } from './istio-names';
import type { Cluster } from './mesh';

/** The gateway through which other networks reach a cluster, and how to find it there. */
export interface NetworkGateway {
  readonly name: string;
  readonly namespace: string;
  /** The labels by which a Gateway selects its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** The labels of the pods that tell who they are. */
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceType: string;
  /** The name of the chart with its objects. */
  readonly chart: string;
  /** The key in the definition of the cluster. */
  readonly key: string;
}

/** The gateway through which other networks reach a cluster: its east-west gateway, or one of its own gateways. */
export function networkGatewayOf({
  eastWestGateway,
  gateways,
  network,
}: Cluster): NetworkGateway | undefined {
  if (eastWestGateway !== undefined) {
    return {
      name: eastWestGatewayName,
      namespace: istioSystem,
      selector: { istio: eastWestGatewayLabels.istio },
      labels: eastWestGatewayLabels,
      serviceType: eastWestGateway.service.type,
      chart: '40-eastwest-gateway',
      key: 'eastWestGateway',
    };
  }
  const gateway = gateways.find(({ values }) => values.networkGateway === network);
  return (
    gateway && {
      name: gateway.name,
      namespace: gateway.namespace.name,
      selector: gateway.selector,
      labels: gateway.selector,
      serviceType: gateway.values.service?.type ?? 'LoadBalancer',
      chart: gatewayChart(gateway.key),
      key: `gateways.${gateway.key}`,
    }
  );
}

/** The name of the chart of a gateway. */
export function gatewayChart(key: string): string {
  return `46-gateway-${key}`;
}

/** Whether other networks can reach a cluster through a gateway, by its definition. */
export function hasNetworkGateway(
  cluster: ClusterDefinition,
  mesh: Pick<AnyMeshDefinition, 'gateways'>,
): boolean {
  if (cluster.eastWestGateway !== 'disabled') return true;
  const gateways = Object.values(mergedGateways(mesh.gateways, cluster.gateways));
  return gateways.some(({ networkGateway }) => networkGateway === cluster.network);
}
