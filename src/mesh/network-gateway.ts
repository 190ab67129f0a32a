import { valueAt } from '../problems/problem';
import { type GatewayComponent, gatewayComponents, gatewayKinds } from './components/gateway-components';
import { dataPlaneOf, hasSidecars } from './data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from './definition';
import { mergedGateways } from './gateways/gateway-settings';
import { istioOf } from './istio';
import { eastWestGatewayLabels, eastWestGatewayName, istioSystem, networkLabel } from './istio-names';
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

/**
 * The gateway through which sidecars of other networks reach a cluster: its east-west gateway, or one of its own gateways, or of
 * Istio's components.
 */
export function networkGatewayOf({
  eastWestGateway,
  gateways,
  network,
  istio,
}: Cluster): NetworkGateway | undefined {
  if (eastWestGateway !== undefined) {
    return {
      name: eastWestGatewayName,
      namespace: eastWestGateway.namespace.name,
      selector: { istio: eastWestGatewayLabels.istio },
      labels: { ...eastWestGatewayLabels, ...eastWestGateway.labels },
      serviceType: eastWestGateway.service.type,
      chart: '40-eastwest-gateway',
      key: 'eastWestGateway',
    };
  }
  const gateway = gateways.find(({ values }) => values.networkGateway === network);
  if (gateway === undefined) return networkComponent(istio, network);
  return {
    name: gateway.name,
    namespace: gateway.namespace.name,
    selector: gateway.selector,
    labels: gateway.selector,
    serviceType: gateway.values.service?.type ?? 'LoadBalancer',
    chart: gatewayChart(gateway.key),
    key: `gateways.${gateway.key}`,
  };
}

/** The gateway among Istio's components whose Service has the label of a network. */
export function networkComponentOf(
  istio: Cluster['istio'],
  network: string,
): Required<GatewayComponent> | undefined {
  const { kind, component } =
    gatewayComponents(istio).find((gateway) => gateway.component?.label?.[networkLabel] === network) ?? {};
  return kind === undefined || component === undefined ? undefined : { kind, component };
}

function networkComponent(istio: Cluster['istio'], network: string): NetworkGateway | undefined {
  const gateway = networkComponentOf(istio, network);
  if (gateway === undefined) return undefined;
  const { kind, component } = gateway;
  const { name, namespace, label } = component;
  const { [networkLabel]: _network, ...own } = label ?? {};
  const { values } = gatewayKinds[kind];
  const labels = { app: values, istio: values.replace('istio-', ''), ...own };
  return {
    name,
    namespace: namespace || istioSystem,
    selector: { istio: labels.istio },
    labels,
    serviceType: serviceTypeOf(istio, gateway),
    chart: componentChart(gateway),
    key: `istio.components.${gatewayKinds[kind].components}`,
  };
}

/** The type of the Service of a gateway among Istio's components. */
export function serviceTypeOf(
  { values }: Pick<Cluster['istio'], 'values'>,
  { kind, component: { k8s } }: Required<GatewayComponent>,
): string {
  const types = [k8s?.service?.type, valueAt(values, ['gateways', gatewayKinds[kind].values, 'type'])];
  const type = types.find((each) => typeof each === 'string' && each !== '');
  return type === undefined ? (kind === 'ingress' ? 'LoadBalancer' : 'ClusterIP') : String(type);
}

/** The name of the chart of a gateway. */
export function gatewayChart(key: string): string {
  return `46-gateway-${key}`;
}

/** The name of the chart of a gateway among Istio's components. */
export function componentChart(gateway: GatewayComponent): string {
  return `45-${gatewayId(gateway)}`;
}

/** The gateways of a profile are named after their kind, so that their files keep their names. */
export function gatewayId({ kind, component }: GatewayComponent): string {
  const { name, namespace } = component ?? { name: gatewayKinds[kind].values };
  const id = name === gatewayKinds[kind].values ? `${kind}-gateway` : `gateway-${name}`;
  return namespace && namespace !== istioSystem ? `${id}-${namespace}` : id;
}

/** Whether other networks can reach a cluster through a gateway, by its definition. */
export function hasNetworkGateway(
  cluster: ClusterDefinition,
  mesh: Pick<AnyMeshDefinition, 'dataPlane' | 'gateways' | 'istio'>,
): boolean {
  if (cluster.eastWestGateway !== 'disabled') return true;
  if (!hasSidecars(dataPlaneOf(mesh, cluster))) return false;
  const gateways = Object.values(mergedGateways(mesh.gateways, cluster.gateways));
  if (gateways.some(({ networkGateway }) => networkGateway === cluster.network)) return true;
  if ((cluster.istio?.components ?? mesh.istio?.components) === undefined) return false;
  return networkComponent(istioOf(mesh, cluster), cluster.network) !== undefined;
}
