import { Construct } from 'constructs';
import { z } from 'zod';
import { ambientGatewayObjects } from '../control-plane/gateway/ambient';
import type { KubernetesObject } from '../kubernetes/object';
import { type EastWestGatewayDefinition, eastWestGatewaySchema } from '../mesh/gateway';
import { ambientGatewayWithDefaults } from '../mesh/gateways/ambient-gateway';
import { ambientGatewayProblems } from '../mesh/rules/ambient-gateway';
import { dnsLabel, nonEmptyString, serviceName } from '../mesh/schema-types';
import { addNamedObjects } from './api-objects';
import { throwIfAny, Validated, validateProps } from './props';

/**
 * The settings of an east-west gateway of ambient mode that follow from its cluster, and those of
 * {@link EastWestGatewayDefinition}.
 */
export interface AmbientEastWestGatewayProps
  extends Omit<EastWestGatewayDefinition, 'ambient' | 'istiodPorts' | 'namespace'> {
  /** The network that the gateway leads into. */
  readonly network: string;
  /**
   * The name of the Gateway, and of the Deployment and the Service that istiod creates for it.
   * @default - istio-eastwestgateway
   */
  readonly name?: string;
  /**
   * The namespace of the gateway, which must exist.
   * @default - istio-system
   */
  readonly namespace?: string;
  /**
   * The revision of the control plane that deploys the gateway.
   * @default - default
   */
  readonly revision?: string;
  /**
   * Whether a PodDisruptionBudget keeps one of several pods running while nodes are drained.
   * @default - enabled
   */
  readonly disruptionBudget?: 'enabled' | 'disabled';
  /**
   * Whether a NetworkPolicy closes all ports of the pods except those of the gateway.
   * @default - disabled
   */
  readonly networkPolicy?: 'enabled' | 'disabled';
}

/**
 * The gateway through which ztunnel and waypoints of other networks reach the pods of this network: a Gateway of the class
 * istio-east-west. istiod deploys it, with the settings in a ConfigMap that the Gateway refers to. The Gateway API and
 * an istiod with `AMBIENT_ENABLE_MULTI_NETWORK` must be installed.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'ambient-eastwest-gateway');
 * new AmbientEastWestGateway(chart, 'gateway', {
 *   network: 'network1',
 *   replicas: 2,
 *   loadBalancer: { cloud: 'aws-nlb' },
 * });
 * @throws MeshError if a prop is invalid, or if two settings contradict each other
 * @see https://istio.io/latest/docs/ambient/install/multicluster/multi-primary_multi-network/
 */
export class AmbientEastWestGateway extends Construct {
  constructor(scope: Construct, id: string, props: AmbientEastWestGatewayProps);
  /** @internal */
  constructor(scope: Construct, id: string, objects: Validated<Readonly<Record<string, KubernetesObject>>>);
  constructor(
    scope: Construct,
    id: string,
    props: AmbientEastWestGatewayProps | Validated<Readonly<Record<string, KubernetesObject>>>,
  ) {
    super(scope, id);
    addNamedObjects(this, props instanceof Validated ? props.settings : this.objectsOf(props));
  }

  private objectsOf(unchecked: AmbientEastWestGatewayProps): Readonly<Record<string, KubernetesObject>> {
    const props = validateProps(this, unchecked, propsSchema());
    const { name, network, revision, disruptionBudget, networkPolicy, ...settings } = props;
    const definition = { ...settings, ambient: name === undefined ? {} : { name } };
    throwIfAny(
      this,
      ambientGatewayProblems(definition, { dataPlane: 'ambient', network }).map(
        ({ at: path, ...problem }) => ({
          code: 'MESH-GATEWAY',
          path,
          ...problem,
        }),
      ),
    );
    return ambientGatewayObjects(ambientGatewayWithDefaults(definition, 'ambient'), {
      network,
      revision,
      disruptionBudget,
      networkPolicy,
    });
  }
}

function propsSchema() {
  const choice = z.enum(['enabled', 'disabled']).optional();
  return eastWestGatewaySchema.omit({ ambient: true, istiodPorts: true }).extend({
    network: nonEmptyString,
    name: serviceName.optional(),
    namespace: dnsLabel.optional(),
    revision: dnsLabel.optional(),
    disruptionBudget: choice,
    networkPolicy: choice,
  }) satisfies z.ZodType<AmbientEastWestGatewayProps>;
}
