import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { gatewayObjects } from '../control-plane/gateway/gateway-objects';
import { ingressGateway } from '../control-plane/gateway/ingress-gateway';
import { inputOf } from '../control-plane/input';
import { istioWithDefaults } from '../mesh/istio';
import type { ControlPlaneProps } from './control-plane';

/**
 * The gateway through which the outside world reaches a cluster's Services, as Istio's profile `default`
 * has it: Deployment, Service and what they need, by `gateways.istio-ingressgateway` of the values of the
 * control plane that it belongs to.
 *
 * @throws MeshError where this package does not know the version of Istio
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/ingress-control/
 */
export class IngressGateway extends Construct {
  /** The labels that select the gateway's pods, for a Gateway's selector. */
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: ControlPlaneProps = {}) {
    super(scope, id);
    const gateway = ingressGateway(inputOf(istioWithDefaults(props)));
    this.labels = gateway.labels;
    for (const [part, object] of Object.entries(gatewayObjects(gateway))) new ApiObject(this, part, object);
  }
}
