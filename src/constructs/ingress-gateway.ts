import { Construct } from 'constructs';
import { chartGateway } from '../control-plane/gateway/chart-gateway';
import { gatewayObjects } from '../control-plane/gateway/gateway-objects';
import type { ControlPlaneInput } from '../control-plane/input';
import type { GatewayComponent } from '../mesh/components/gateway-components';
import { addNamedObjects } from './api-objects';
import { type ControlPlaneProps, inputOf } from './control-plane';
import { Validated } from './props';

/** The control plane of a gateway, and its component. */
interface GatewayInput {
  readonly input: ControlPlaneInput;
  readonly gateway: GatewayComponent;
}

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
  constructor(scope: Construct, id: string, input: Validated<GatewayInput>);
  constructor(scope: Construct, id: string, props?: ControlPlaneProps | Validated<GatewayInput>) {
    super(scope, id);
    const { input, gateway: component } =
      props instanceof Validated ? props.settings : { input: inputOf(this, props), gateway: ofProfile };
    const gateway = chartGateway(input, component);
    this.labels = gateway.labels;
    addNamedObjects(this, gatewayObjects(gateway));
  }
}

const ofProfile: GatewayComponent = { kind: 'ingress' };
