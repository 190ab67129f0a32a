import type { WaypointValues } from '../waypoint-values';
import { resources, tolerations } from './kubernetes-values';
import { mapOf } from './maps';
import { anyMap, anyMaps } from './scalars';

/** The shape of Istio's `global.waypoint` values. */
export function waypointValues() {
  return mapOf<WaypointValues>({
    resources,
    affinity: anyMap,
    topologySpreadConstraints: anyMaps,
    nodeSelector: anyMap,
    tolerations,
  });
}
