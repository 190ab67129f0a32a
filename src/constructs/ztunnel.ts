import { Construct } from 'constructs';
import type { ControlPlaneInput } from '../control-plane/input';
import { ztunnelObjects } from '../control-plane/ztunnel/ztunnel';
import { dnsLabel } from '../mesh/schema-types';
import { ambientNamespace } from '../mesh/ztunnel';
import { addObjects } from './api-objects';
import { type ControlPlaneProps, controlPlaneSchema, validatedInput } from './control-plane';
import { Validated, validateProps } from './props';

/**
 * The Istio version of ztunnel, its namespace, and its configuration, in the values `ztunnel` and `global`. The version
 * and the revision are those of the control plane.
 */
export interface ZtunnelProps extends Omit<ControlPlaneProps, 'requiredSecret' | 'components' | 'dataPlane'> {
  /**
   * The namespace of ztunnel. istiod trusts the service account in istio-system, on OpenShift in kube-system; for
   * another namespace, set the value `pilot.trustedZtunnelNamespace` of the control planes.
   * @default - istio-system, but kube-system on OpenShift
   */
  readonly namespace?: string;
}

/** The ztunnel of a validated mesh. */
interface ZtunnelConstructSettings {
  readonly controlPlane: ControlPlaneInput;
  readonly namespace: string;
}

/**
 * ztunnel: a DaemonSet with the node proxy of ambient mode, through which the traffic of pods without sidecars goes. A
 * cluster has one ztunnel, and needs a {@link CniNodeAgent} and a {@link ControlPlane} with the data plane ambient. In a
 * mesh of several clusters, the values name the cluster and its network. The namespace must exist; with Pod Security
 * admission, it needs the level `privileged`.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'ztunnel');
 * new Ztunnel(chart, 'ztunnel', {
 *   version: '1.31.0',
 *   values: {
 *     global: { network: 'network1', multiCluster: { clusterName: 'cluster1' } },
 *     ztunnel: { resources: { requests: { cpu: '500m', memory: '1Gi' } } },
 *   },
 * });
 * @throws MeshError if a prop or a value is invalid, or if this package does not support the Istio version
 * @see https://istio.io/latest/docs/ambient/architecture/data-plane/
 */
export class Ztunnel extends Construct {
  constructor(scope: Construct, id: string, props?: ZtunnelProps);
  /** @internal */
  constructor(scope: Construct, id: string, settings: Validated<ZtunnelConstructSettings>);
  constructor(scope: Construct, id: string, props?: ZtunnelProps | Validated<ZtunnelConstructSettings>) {
    super(scope, id);
    const { controlPlane, namespace } = settingsOf(this, props);
    addObjects(this, ztunnelObjects(controlPlane, namespace));
  }
}

function settingsOf(
  construct: Construct,
  props: ZtunnelProps | Validated<ZtunnelConstructSettings> | undefined,
): ZtunnelConstructSettings {
  if (props instanceof Validated) return props.settings;
  const schema = controlPlaneSchema()
    .omit({ components: true, dataPlane: true })
    .extend({ namespace: dnsLabel.optional() });
  const { namespace, ...settings } = validateProps<ZtunnelProps>(construct, props, schema);
  const controlPlane = validatedInput(construct, { ...settings, dataPlane: 'ambient' });
  return { controlPlane, namespace: namespace ?? ambientNamespace(settings.values ?? {}) };
}
