import { Chart } from 'cdk8s';
import { clusterAmbientGateway } from '../../control-plane/gateway/ambient';
import { clusterGateway } from '../../control-plane/gateway/east-west';
import { gatewayNamespaces } from '../../control-plane/gateway/gateway-namespaces';
import { clusterInput } from '../../control-plane/input';
import { gatewayComponents } from '../../mesh/components/gateway-components';
import { componentChart, gatewayChart, gatewayId, networkGatewayOf } from '../../mesh/network-gateway';
import { AmbientEastWestGateway } from '../ambient-east-west-gateway';
import { addObjects, type ClusterScope } from '../api-objects';
import { CrossNetworkGateway } from '../cross-network-gateway';
import { EastWestGateway } from '../east-west-gateway';
import { IngressGateway } from '../ingress-gateway';
import { InjectedGateway } from '../injected-gateway';
import { Validated } from '../props';

/** Adds the east-west gateway, if the cluster has one. */
export function addEastWestGateway(scope: ClusterScope): void {
  const { eastWestGateway } = scope.cluster;
  if (eastWestGateway === undefined) return;
  const gateway = new Validated(clusterGateway(scope.cluster, eastWestGateway));
  new EastWestGateway(new Chart(scope, '40-eastwest-gateway'), 'eastwest-gateway', gateway);
}

/** Adds the east-west gateway of ambient mode, if the cluster has one. */
export function addAmbientEastWestGateway(scope: ClusterScope): void {
  const { ambientGateway } = scope.cluster;
  if (ambientGateway === undefined) return;
  const objects = new Validated(clusterAmbientGateway(scope.cluster, ambientGateway));
  const chart = new Chart(scope, '41-ambient-eastwest-gateway');
  new AmbientEastWestGateway(chart, 'ambient-eastwest-gateway', objects);
}

/** Adds the ingress and egress gateways of the cluster's profile or components. */
export function addGateways(scope: ClusterScope): void {
  const gateways = gatewayComponents(scope.cluster.istio);
  if (gateways.length === 0) return;
  const input = clusterInput(scope.mesh, scope.cluster);
  for (const gateway of gateways) {
    const chart = new Chart(scope, componentChart(gateway));
    new IngressGateway(chart, gatewayId(gateway), new Validated({ input, gateway }));
  }
}

/** Adds the other gateways of the cluster, each in a file of its own, and the namespaces that they need. */
export function addInjectedGateways(scope: ClusterScope): void {
  const { gateways } = scope.cluster;
  const namespaces = gatewayNamespaces(scope.mesh, scope.cluster);
  if (namespaces.length > 0) addObjects(new Chart(scope, '10-gateway-namespaces'), namespaces);
  for (const gateway of gateways) {
    new InjectedGateway(new Chart(scope, gatewayChart(gateway.key)), 'gateway', new Validated(gateway));
  }
}

/** Adds the resource that exposes Services to other networks, if the cluster has a gateway between networks. */
export function addCrossNetworkGateway(scope: ClusterScope): void {
  const { exposedHosts: hosts } = scope.cluster;
  const gateway = networkGatewayOf(scope.cluster);
  if (gateway === undefined) return;
  const { selector, namespace } = gateway;
  const chart = new Chart(scope, '50-cross-network-gateway');
  new CrossNetworkGateway(chart, 'cross-network-gateway', new Validated({ hosts, selector, namespace }));
}
