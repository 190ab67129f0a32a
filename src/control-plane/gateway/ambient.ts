import { defined, ifSet, type KubernetesObject } from '../../kubernetes/object';
import type { AmbientGatewaySettings } from '../../mesh/gateways/ambient-gateway';
import { eastWestGatewayClass, hbonePort, networkLabel } from '../../mesh/istio-names';
import type { Cluster } from '../../mesh/mesh';
import { gatewayPolicy } from './gateway-policy';
import { type ManagedGateway, managedGateway, routesFrom } from './managed-gateway';

/** The settings of an east-west gateway of ambient mode that follow from its cluster. */
export interface AmbientGatewayContext extends Pick<ManagedGateway, 'revision' | 'disruptionBudget'> {
  readonly network: string;
  readonly networkPolicy?: 'enabled' | 'disabled';
}

/** The objects of an east-west gateway of ambient mode, by purpose. istiod creates all others. */
export function ambientGatewayObjects(
  settings: AmbientGatewaySettings,
  { network, networkPolicy = 'disabled', ...context }: AmbientGatewayContext,
): Readonly<Record<string, KubernetesObject>> {
  const { name, namespace, labels, service } = settings;
  const terminated = {
    mode: 'Terminate',
    options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' },
  };
  return defined({
    ...managedGateway({
      name,
      namespace: namespace.name,
      gatewayClass: eastWestGatewayClass,
      labels: { ...labels, [networkLabel]: network },
      annotations:
        service.type === 'LoadBalancer' ? undefined : { 'networking.istio.io/service-type': service.type },
      listener: { tls: terminated, ...routesFrom('Same') },
      settings,
      ...context,
    }),
    'network-policy': networkPolicy === 'enabled' ? policy(settings) : undefined,
  });
}

/** The east-west gateway of ambient mode of a cluster. */
export function clusterAmbientGateway(
  cluster: Cluster,
  settings: AmbientGatewaySettings,
): Readonly<Record<string, KubernetesObject>> {
  const { networkPolicy, ...context } = managedGatewayContext(cluster);
  return ambientGatewayObjects(settings, { network: cluster.network, networkPolicy, ...context });
}

/** The settings of all Gateways of a cluster that follow from its values. */
export function managedGatewayContext({ istio }: Cluster): Omit<AmbientGatewayContext, 'network'> {
  const { networkPolicy, defaultPodDisruptionBudget } = (istio.values.global ?? {}) as Readonly<
    Record<string, { readonly enabled?: boolean } | undefined>
  >;
  return {
    revision: istio.revision,
    disruptionBudget: defaultPodDisruptionBudget?.enabled === false ? 'disabled' : 'enabled',
    networkPolicy: networkPolicy?.enabled === true ? 'enabled' : 'disabled',
  };
}

function policy({ name, namespace, labels }: AmbientGatewaySettings): KubernetesObject {
  return gatewayPolicy(
    { name, namespace: namespace.name, labels: ifSet(labels) },
    { 'gateway.networking.k8s.io/gateway-name': name },
    [{ port: hbonePort }],
  );
}
