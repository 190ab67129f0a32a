import { defined, type KubernetesObject } from '../../kubernetes/object';
import { globalLabel, waypointClass } from '../../mesh/istio-names';
import type { WaypointSettings } from '../../mesh/waypoints';
import { type ManagedGateway, managedGateway, routesFrom } from './managed-gateway';

/** The objects of a waypoint, by purpose. istiod creates all others. */
export function waypointObjects(
  waypoint: WaypointSettings,
  context: Pick<ManagedGateway, 'revision' | 'disruptionBudget'>,
): Readonly<Record<string, KubernetesObject>> {
  const { name, namespace, labels, annotations, for: traffic, scope, allowedNamespaces } = waypoint;
  return defined({
    ...managedGateway({
      name,
      namespace,
      gatewayClass: waypointClass,
      labels: {
        ...labels,
        ...(traffic === undefined ? {} : { 'istio.io/waypoint-for': traffic }),
        ...(scope === 'global' ? globalLabel : {}),
      },
      listener: routesFrom(allowedNamespaces),
      settings: { ...waypoint, service: { type: 'ClusterIP', annotations } },
      ...context,
    }),
  });
}
