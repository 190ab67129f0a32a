import { Chart } from 'cdk8s';
import { clusterGateway } from '../../control-plane/gateway/east-west';
import { clusterInput } from '../../control-plane/input';
import {
  type GatewayComponent,
  gatewayComponents,
  gatewayKinds,
} from '../../mesh/components/gateway-components';
import { istioSystem } from '../../mesh/istio-names';
import type { ClusterScope } from '../api-objects';
import { CrossNetworkGateway } from '../cross-network-gateway';
import { EastWestGateway } from '../east-west-gateway';
import { IngressGateway } from '../ingress-gateway';
import { Validated } from '../props';

/** Adds the east-west gateway, if the cluster has one. */
export function addEastWestGateway(scope: ClusterScope): void {
  const { eastWestGateway } = scope.cluster;
  if (eastWestGateway === undefined) return;
  const gateway = new Validated(clusterGateway(scope.cluster, eastWestGateway));
  new EastWestGateway(new Chart(scope, '40-eastwest-gateway'), 'eastwest-gateway', gateway);
}

/** Adds the ingress and egress gateways of the cluster's profile or components. */
export function addGateways(scope: ClusterScope): void {
  const gateways = gatewayComponents(scope.cluster.istio);
  if (gateways.length === 0) return;
  const input = clusterInput(scope.mesh, scope.cluster);
  for (const gateway of gateways) {
    const id = gatewayId(gateway);
    new IngressGateway(new Chart(scope, `45-${id}`), id, new Validated({ input, gateway }));
  }
}

/** The gateways of a profile are named after their kind, so that their files keep their names. */
function gatewayId({ kind, component }: GatewayComponent): string {
  const { name, namespace } = component ?? { name: gatewayKinds[kind].values };
  const id = name === gatewayKinds[kind].values ? `${kind}-gateway` : `gateway-${name}`;
  return namespace && namespace !== istioSystem ? `${id}-${namespace}` : id;
}

/** Adds the resource that exposes Services to other networks, if the cluster has an east-west gateway. */
export function addCrossNetworkGateway(scope: ClusterScope): void {
  const { eastWestGateway, exposedHosts: hosts } = scope.cluster;
  if (eastWestGateway === undefined) return;
  const chart = new Chart(scope, '50-cross-network-gateway');
  new CrossNetworkGateway(chart, 'cross-network-gateway', new Validated({ hosts }));
}
