import { clusterValues } from '../../control-plane/cluster-values';
import { usesIstioCsr } from '../../mesh/ca-certs-of-forms';
import type { Cluster, ControlPlaneSettings } from '../../mesh/mesh';
import type { ControlPlaneProps } from '../control-plane';
import type { ClusterScope } from './cluster-scope';

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
