import type { TolerationDefinition } from '../gateway-definition';
import type { HelmValues } from '../helm-values';
import type { ResourceValues } from './kubernetes-values';

/** The pods of waypoints, which istiod deploys for Gateway resources. */
export interface WaypointValues {
  /**
   * What each pod asks for and may use.
   * @default - requests 100m CPU and 128Mi memory, limits 2 CPUs and 1Gi
   */
  readonly resources?: ResourceValues;
  /**
   * Where pods run relative to nodes and other pods.
   * @default - no preference
   */
  readonly affinity?: HelmValues;
  /**
   * How pods are spread over zones or nodes.
   * @default - no preference
   */
  readonly topologySpreadConstraints?: readonly HelmValues[];
  /**
   * Labels of the nodes that pods may run on.
   * @default - any node
   */
  readonly nodeSelector?: HelmValues;
  /**
   * Taints of nodes that pods tolerate.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
}
