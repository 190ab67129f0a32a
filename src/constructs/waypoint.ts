import { Construct } from 'constructs';
import type { z } from 'zod';
import { waypointObjects } from '../control-plane/gateway/waypoint';
import type { KubernetesObject } from '../kubernetes/object';
import { waypointProblems } from '../mesh/rules/waypoints';
import { dnsLabel } from '../mesh/schema-types';
import {
  useWaypointLabels,
  type WaypointDefinition,
  type WaypointSettings,
  waypointSchema,
  waypointWithDefaults,
} from '../mesh/waypoints';
import { addNamedObjects } from './api-objects';
import { throwIfAny, Validated, validateProps } from './props';

/** The settings of a waypoint, and the revision of its control plane. */
export interface WaypointProps extends WaypointDefinition {
  /**
   * The revision of the control plane that deploys the waypoint.
   * @default - default
   */
  readonly revision?: string;
}

/** A waypoint of a mesh in one cluster. */
interface ClusterWaypoint {
  readonly waypoint: WaypointSettings;
  readonly objects: Readonly<Record<string, KubernetesObject>>;
}

/**
 * A proxy for HTTP between pods in ambient mode: a Gateway of the class istio-waypoint. istiod deploys it, with the settings
 * in a ConfigMap that the Gateway refers to. In a mesh of several clusters, each cluster has it under the same name.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'shop');
 * const waypoint = new Waypoint(chart, 'waypoint', { namespace: 'shop', replicas: 2 });
 * new ApiObject(chart, 'namespace', {
 *   apiVersion: 'v1',
 *   kind: 'Namespace',
 *   metadata: { name: 'shop', labels: { 'istio.io/dataplane-mode': 'ambient', ...waypoint.labels } },
 * });
 * @throws MeshError if a prop is missing or invalid, or if two settings contradict each other
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/
 */
export class Waypoint extends Construct {
  /** The labels with which a namespace, a Service or a pod uses the waypoint. */
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: WaypointProps);
  /** @internal */
  constructor(scope: Construct, id: string, settings: Validated<ClusterWaypoint>);
  constructor(scope: Construct, id: string, props: WaypointProps | Validated<ClusterWaypoint>) {
    super(scope, id);
    const { waypoint, objects } = props instanceof Validated ? props.settings : this.settingsOf(props);
    this.labels = useWaypointLabels(waypoint);
    addNamedObjects(this, objects);
  }

  private settingsOf(unchecked: WaypointProps): ClusterWaypoint {
    const { revision, ...definition } = validateProps(this, unchecked, propsSchema());
    throwIfAny(
      this,
      waypointProblems(definition).map(({ at: path, ...problem }) => ({
        code: 'MESH-GATEWAY',
        path,
        ...problem,
      })),
    );
    const waypoint = waypointWithDefaults(definition);
    return { waypoint, objects: waypointObjects(waypoint, { revision }) };
  }
}

function propsSchema() {
  return waypointSchema.extend({ revision: dnsLabel.optional() }) satisfies z.ZodType<WaypointProps>;
}
