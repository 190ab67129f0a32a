import { Construct } from 'constructs';
import { nodeAgentObjects } from '../control-plane/cni/node-agent';
import type { ControlPlaneInput } from '../control-plane/input';
import type { CniDefinition } from '../mesh/cni';
import { istioSystem } from '../mesh/istio-names';
import { dnsLabel } from '../mesh/schema-types';
import { addObjects } from './api-objects';
import { type ControlPlaneProps, controlPlaneSchema, validatedInput } from './control-plane';
import { Validated, validateProps } from './props';

/** The Istio version of a CNI node agent, its namespace, and its configuration, in the values `cni` and `global`. */
export interface CniNodeAgentProps
  extends Omit<ControlPlaneProps, 'requiredSecret'>,
    Pick<CniDefinition, 'namespace'> {}

/** The node agent of a validated mesh. */
interface NodeAgentSettings {
  readonly controlPlane: ControlPlaneInput;
  readonly namespace: string;
}

/**
 * The CNI node agent: a DaemonSet that installs Istio's CNI plugin on each node. The plugin redirects the traffic of
 * pods to their sidecars, so that pods need no init container with the capability NET_ADMIN. A cluster has one node
 * agent. Set the value `pilot.cni.enabled: true` in its control planes. With the data plane `ambient`, the plugin
 * redirects the traffic of pods without sidecars to {@link Ztunnel}. The namespace must exist; with Pod Security
 * admission, it needs the level `privileged`.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'cni');
 * new CniNodeAgent(chart, 'node-agent', {
 *   version: '1.31.0',
 *   namespace: 'kube-system',
 *   values: { global: { platform: 'gke' }, cni: { resourceQuotas: { enabled: false } } },
 * });
 * @throws MeshError if a prop or a value is invalid, or if this package does not support the Istio version
 * @see https://istio.io/latest/docs/setup/additional-setup/cni/
 */
export class CniNodeAgent extends Construct {
  constructor(scope: Construct, id: string, props?: CniNodeAgentProps);
  /** @internal */
  constructor(scope: Construct, id: string, settings: Validated<NodeAgentSettings>);
  constructor(scope: Construct, id: string, props?: CniNodeAgentProps | Validated<NodeAgentSettings>) {
    super(scope, id);
    const { controlPlane, namespace } = settingsOf(this, props);
    addObjects(this, nodeAgentObjects(controlPlane, namespace));
  }
}

function settingsOf(
  construct: Construct,
  props: CniNodeAgentProps | Validated<NodeAgentSettings> | undefined,
): NodeAgentSettings {
  if (props instanceof Validated) return props.settings;
  const schema = controlPlaneSchema().extend({ namespace: dnsLabel.optional() });
  const { namespace = istioSystem, ...settings } = validateProps<CniNodeAgentProps>(construct, props, schema);
  return { controlPlane: validatedInput(construct, settings), namespace };
}
