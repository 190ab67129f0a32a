import { Chart } from 'cdk8s';
import { clusterGateway } from '../../control-plane/gateway/east-west';
import { clusterInput } from '../../control-plane/input';
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

/** Adds the ingress gateway, if the cluster's profile has one. */
export function addIngressGateway(scope: ClusterScope): void {
  if (scope.cluster.istio.profile === 'minimal') return;
  const input = clusterInput(scope.mesh, scope.cluster);
  new IngressGateway(new Chart(scope, '45-ingress-gateway'), 'ingress-gateway', new Validated(input));
}

/** Adds the resource that exposes Services to other networks, if the cluster has an east-west gateway. */
export function addCrossNetworkGateway(scope: ClusterScope): void {
  const { eastWestGateway, exposedHosts: hosts } = scope.cluster;
  if (eastWestGateway === undefined) return;
  const chart = new Chart(scope, '50-cross-network-gateway');
  new CrossNetworkGateway(chart, 'cross-network-gateway', new Validated({ hosts }));
}
