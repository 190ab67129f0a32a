import { Construct } from 'constructs';
import { z } from 'zod';
import { eastWestGateway } from '../control-plane/gateway/east-west';
import type { Gateway } from '../control-plane/gateway/gateway';
import { gatewayObjects } from '../control-plane/gateway/gateway-objects';
import { gatewayWithDefaults } from '../mesh/defaults';
import { type EastWestGatewayDefinition, eastWestGatewaySchema } from '../mesh/gateway';
import { gatewayProblems } from '../mesh/rules/gateways';
import { dnsLabel, nonEmptyString } from '../mesh/schema-types';
import { addNamedObjects } from './api-objects';
import { throwIfAny, Validated, validateProps } from './props';

/** The settings of an east-west gateway that follow from its cluster, and those of {@link EastWestGatewayDefinition}. */
export interface EastWestGatewayProps extends Omit<EastWestGatewayDefinition, 'ambient' | 'namespace'> {
  /** The network that the gateway leads into. */
  readonly network: string;
  /**
   * The namespace of the gateway, which must exist.
   * @default - istio-system
   */
  readonly namespace?: string;
  /**
   * The revision of the control plane that injects the gateway's proxy.
   * @default - default
   */
  readonly revision?: string;
  /**
   * Whether Prometheus scrapes the pods, as with Istio's `meshConfig.enablePrometheusMerge`.
   * @default - enabled
   */
  readonly prometheusMerge?: 'enabled' | 'disabled';
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
  /**
   * The platform, if Istio treats it differently, such as `openshift`.
   * @default - plain Kubernetes
   */
  readonly platform?: string;
}

/**
 * The gateway through which other networks reach the pods of this network: a Deployment, a Service and the
 * objects that they need. Names and labels are those of Istio's own tools, so that the istiods of other
 * clusters find the gateway.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'eastwest-gateway');
 * const gateway = new EastWestGateway(chart, 'gateway', {
 *   network: 'network1',
 *   autoscaling: { minReplicas: 2 },
 *   loadBalancer: { cloud: 'aws-nlb' },
 * });
 * new CrossNetworkGateway(chart, 'cross-network-gateway', { selector: gateway.labels });
 * @throws MeshError if a prop is invalid, or if two settings contradict each other, such as `replicas` with
 * autoscaling
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class EastWestGateway extends Construct {
  /** The labels of the gateway's pods, for the selector of a Gateway. */
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: EastWestGatewayProps);
  /** @internal */
  constructor(scope: Construct, id: string, gateway: Validated<Gateway>);
  constructor(scope: Construct, id: string, props: EastWestGatewayProps | Validated<Gateway>) {
    super(scope, id);
    const gateway = props instanceof Validated ? props.settings : this.gateway(props);
    this.labels = gateway.labels;
    addNamedObjects(this, gatewayObjects(gateway));
  }

  private gateway(unchecked: EastWestGatewayProps): Gateway {
    const props = validateProps(this, unchecked, propsSchema());
    throwIfAny(
      this,
      gatewayProblems(props, props.network).map(({ at: path, ...problem }) => ({
        code: 'MESH-GATEWAY',
        path,
        ...problem,
      })),
    );
    const { imagePullPolicy: _, imagePullSecrets: __, ...context } = props;
    return eastWestGateway(gatewayWithDefaults(props), context);
  }
}

function propsSchema() {
  const choice = z.enum(['enabled', 'disabled']).optional();
  return eastWestGatewaySchema.omit({ ambient: true }).extend({
    network: nonEmptyString,
    namespace: dnsLabel.optional(),
    revision: dnsLabel.optional(),
    prometheusMerge: choice,
    disruptionBudget: choice,
    networkPolicy: choice,
    platform: nonEmptyString.optional(),
  }) satisfies z.ZodType<EastWestGatewayProps>;
}
