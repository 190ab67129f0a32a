import { Chart } from 'cdk8s';
import { gatewayValues } from '../../control-plane/gateway/east-west';
import { clusterValues } from '../../control-plane/input';
import type { Cluster, ControlPlaneSettings } from '../../mesh/mesh';
import { usesIstioCsr } from '../../mesh/secrets/definition';
import type { ClusterScope } from '../api-objects';
import type { ControlPlaneProps } from '../control-plane';
import { CrossNetworkGateway } from '../cross-network-gateway';
import { EastWestGateway } from '../east-west-gateway';
import { IngressGateway } from '../ingress-gateway';

/** What the constructs of one of a cluster's control planes are given. */
export function controlPlaneProps(
  { mesh, cluster }: ClusterScope,
  settings: ControlPlaneSettings,
): ControlPlaneProps {
  return {
    ...settings,
    values: clusterValues(mesh, cluster, settings.values),
    requiredSecret: requiredSecret(cluster),
  };
}

/** What arrives by a way of its own is waited for; what is applied with the rest is there before istiod. */
function requiredSecret({ secrets }: Cluster): ControlPlaneProps['requiredSecret'] {
  if (usesIstioCsr(secrets)) return 'istiod-tls';
  return secrets.cacerts === 'plain' ? undefined : 'cacerts';
}

/** Adds the east-west gateway, where the cluster has one. */
export function addEastWestGateway(scope: ClusterScope): void {
  const { eastWestGateway, network, istio } = scope.cluster;
  if (eastWestGateway === undefined) return;
  new EastWestGateway(new Chart(scope, '40-eastwest-gateway'), 'eastwest-gateway', {
    ...eastWestGateway,
    network,
    revision: istio.revision,
    ...gatewayValues(scope.cluster),
  });
}

/** Adds the ingress gateway, where the cluster's profile has one. */
export function addIngressGateway(scope: ClusterScope): void {
  const { canary: _, ...first } = scope.cluster.istio;
  if (first.profile === 'minimal') return;
  const chart = new Chart(scope, '45-ingress-gateway');
  new IngressGateway(chart, 'ingress-gateway', controlPlaneProps(scope, first));
}

/** Adds the resource that opens Services to other networks, where the cluster has a gateway for them. */
export function addCrossNetworkGateway(scope: ClusterScope): void {
  if (scope.cluster.eastWestGateway === undefined) return;
  new CrossNetworkGateway(new Chart(scope, '50-cross-network-gateway'), 'cross-network-gateway');
}
