import { Construct } from 'constructs';
import { z } from 'zod';
import { Gateway, GatewaySpecServersTlsMode } from '../../imports/networking.istio.io';
import { crossNetworkPort, eastWestGatewayLabels, istioSystem } from '../mesh/istio-names';
import { dnsLabel, nonEmptyString, stringMap } from '../mesh/schema-types';
import { settingsOf, type Validated } from './props';

/** The gateway that exposes Services to other networks, and the Services that it exposes. */
export interface CrossNetworkGatewayProps {
  /**
   * The labels of the gateway's pods.
   * @default - those of the east-west gateway, `istio: eastwestgateway`
   */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * The hosts of the Services that other networks can reach.
   * @default - all Services of clusters with the domain cluster.local, `*.local`
   */
  readonly hosts?: readonly string[];
  /**
   * The namespace of the Gateway.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * Exposes the Services of a network to other networks. The gateway passes mutual TLS through to the Service
 * that the SNI of a connection names, without terminating it.
 *
 * @example
 * const app = new App();
 * const chart = new Chart(app, 'cross-network-gateway');
 * new CrossNetworkGateway(chart, 'gateway', { hosts: ['*.shop.svc.cluster.local'] });
 * @throws MeshError if a prop is invalid
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class CrossNetworkGateway extends Construct {
  constructor(scope: Construct, id: string, props?: CrossNetworkGatewayProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<CrossNetworkGatewayProps>);
  constructor(
    scope: Construct,
    id: string,
    props?: CrossNetworkGatewayProps | Validated<CrossNetworkGatewayProps>,
  ) {
    super(scope, id);
    const {
      selector = { istio: eastWestGatewayLabels.istio },
      hosts = ['*.local'],
      namespace = istioSystem,
    } = settingsOf(this, props, propsSchema);
    new Gateway(this, 'gateway', {
      metadata: { name: 'cross-network-gateway', namespace },
      spec: {
        selector,
        servers: [
          {
            port: { number: crossNetworkPort, name: 'tls', protocol: 'TLS' },
            tls: { mode: GatewaySpecServersTlsMode.AUTO_PASSTHROUGH },
            hosts: [...hosts],
          },
        ],
      },
    });
  }
}

function propsSchema() {
  return z.strictObject({
    selector: stringMap.optional(),
    hosts: z.array(nonEmptyString).optional(),
    namespace: dnsLabel.optional(),
  }) satisfies z.ZodType<CrossNetworkGatewayProps>;
}
