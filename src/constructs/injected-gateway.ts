import { Construct } from 'constructs';
import type { z } from 'zod';
import { injectedGatewayObjects } from '../control-plane/gateway/injected-gateway';
import { type GatewayDefinition, gatewaySchema } from '../mesh/gateways/definition';
import { type GatewaySettings, gatewaySettings } from '../mesh/gateways/gateway-settings';
import { defaultRevision } from '../mesh/istio-names';
import { latestIstioVersion } from '../mesh/istio-version';
import { gatewayPodProblems } from '../mesh/rules/gateway-pods';
import { gatewayServiceProblems } from '../mesh/rules/gateway-services';
import { dnsLabel, nonEmptyString, serviceName } from '../mesh/schema-types';
import { addNamedObjects } from './api-objects';
import { throwIfAny, Validated, validateProps } from './props';

/** A gateway, in the words of Istio's Helm chart `gateway`. */
export interface InjectedGatewayProps extends Omit<GatewayDefinition, 'namespace'> {
  /** The name of the workload, of the Service and of the other objects. */
  readonly name: string;
  /**
   * The namespace of the gateway, which must exist.
   * @default - istio-system
   */
  readonly namespace?: string;
  /**
   * The version of Istio.
   * @default - the newest that this package supports
   */
  readonly version?: string;
}

/**
 * An ingress or egress gateway whose proxy istiod injects: a Deployment or DaemonSet, a Service and the objects that
 * they need, as Istio's Helm chart `gateway` renders them.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'gateway');
 * const gateway = new InjectedGateway(chart, 'gateway', {
 *   name: 'egress',
 *   namespace: 'edge',
 *   service: { type: 'ClusterIP' },
 *   autoscaling: { minReplicas: 2 },
 *   podDisruptionBudget: { minAvailable: 1 },
 * });
 * new Gateway(chart, 'https', {
 *   metadata: { namespace: 'edge' },
 *   spec: {
 *     selector: gateway.labels,
 *     servers: [{ port: { number: 443, name: 'https', protocol: 'TLS' }, hosts: ['*.example.com'] }],
 *   },
 * });
 * @throws MeshError if a prop is invalid, or if two settings contradict each other
 * @see https://istio.io/latest/docs/setup/additional-setup/gateway/
 */
export class InjectedGateway extends Construct {
  /** The labels of the gateway's pods, for the selector of a Gateway. */
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: InjectedGatewayProps);
  /** @internal */
  constructor(scope: Construct, id: string, gateway: Validated<GatewaySettings>);
  constructor(scope: Construct, id: string, props: InjectedGatewayProps | Validated<GatewaySettings>) {
    super(scope, id);
    const gateway = props instanceof Validated ? props.settings : this.gateway(props);
    this.labels = gateway.selector;
    addNamedObjects(this, injectedGatewayObjects(gateway));
  }

  private gateway(unchecked: InjectedGatewayProps): GatewaySettings {
    const { version = latestIstioVersion, ...props } = validateProps(this, unchecked, propsSchema());
    const versions = { [defaultRevision]: version };
    const gateway = gatewaySettings(props.name, props, {
      security: 'istio',
      revision: defaultRevision,
      versions,
    });
    const problems = [...gatewayServiceProblems(gateway), ...gatewayPodProblems(gateway)];
    throwIfAny(
      this,
      problems.map(({ at: path, ...problem }) => ({ code: 'MESH-GATEWAY', path, ...problem })),
    );
    return gateway;
  }
}

function propsSchema() {
  const ofGateway = gatewaySchema as unknown as z.ZodObject;
  return ofGateway.extend({
    name: serviceName,
    namespace: dnsLabel.optional(),
    version: nonEmptyString.optional(),
  }) as unknown as z.ZodType<InjectedGatewayProps>;
}
