import { Chart } from 'cdk8s';
import { managedGatewayContext } from '../../control-plane/gateway/ambient';
import { waypointObjects } from '../../control-plane/gateway/waypoint';
import { hasAmbient } from '../../mesh/data-plane';
import type { ClusterScope } from '../api-objects';
import { Validated } from '../props';
import { Waypoint } from '../waypoint';

/** Adds the waypoints of the mesh, after the namespace of HelloWorld, if the cluster has ambient mode. */
export function addWaypoints(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  if (mesh.waypoints.length === 0 || !hasAmbient(cluster.dataPlane)) return;
  const chart = new Chart(scope, '91-waypoints');
  const { revision, disruptionBudget } = managedGatewayContext(cluster);
  for (const waypoint of mesh.waypoints) {
    const objects = waypointObjects(waypoint, { revision, disruptionBudget });
    new Waypoint(chart, `${waypoint.name}.${waypoint.namespace}`, new Validated({ waypoint, objects }));
  }
}
