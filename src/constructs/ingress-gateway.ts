import { Construct } from 'constructs';
import { gatewayObjects } from '../control-plane/gateway/gateway-objects';
import { ingressGateway } from '../control-plane/gateway/ingress-gateway';
import type { ControlPlaneInput } from '../control-plane/input';
import { addNamedObjects } from './api-objects';
import { type ControlPlaneProps, inputOf } from './control-plane';
import type { Validated } from './props';

/**
 * The gateway for traffic from outside of the mesh to a cluster's Services, as in Istio's profile `default`:
 * a Deployment, a Service and the objects that they need. The values `gateways.istio-ingressgateway` of its
 * control plane configure it.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'ingress-gateway');
 * new IngressGateway(chart, 'ingress-gateway', {
 *   version: '1.31.0',
 *   values: { gateways: { 'istio-ingressgateway': { autoscaleMin: 2 } } },
 * });
 * @throws MeshError if a prop or a value is invalid, or if this package does not support the Istio version
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/ingress-control/
 */
export class IngressGateway extends Construct {
  /** The labels of the gateway's pods, for the selector of a Gateway. */
  readonly labels: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props?: ControlPlaneProps);
  /** @internal */
  constructor(scope: Construct, id: string, input: Validated<ControlPlaneInput>);
  constructor(scope: Construct, id: string, props?: ControlPlaneProps | Validated<ControlPlaneInput>) {
    super(scope, id);
    const gateway = ingressGateway(inputOf(this, props));
    this.labels = gateway.labels;
    addNamedObjects(this, gatewayObjects(gateway));
  }
}
