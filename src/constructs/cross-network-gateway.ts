import { Construct } from 'constructs';
import { Gateway, GatewaySpecServersTlsMode } from '../../imports/networking.istio.io';
import { crossNetworkPort, eastWestGatewayLabels, istioSystem } from '../mesh/istio-names';

/** Which gateway exposes which Services to other networks. */
export interface CrossNetworkGatewayProps {
  /**
   * The labels of the gateway's pods.
   * @default - those of the east-west gateway, `istio: eastwestgateway`
   */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * The Services that other networks may reach, by the SNI that Istio gives them.
   * @default - all, `*.local`
   */
  readonly hosts?: readonly string[];
  /**
   * The namespace of the Gateway.
   * @default - istio-system
   */
  readonly namespace?: string;
}

/**
 * Exposes a network's Services to the other networks: its gateway passes mutual TLS on to whichever
 * Service the connection's SNI names, without ending it.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export class CrossNetworkGateway extends Construct {
  constructor(scope: Construct, id: string, props: CrossNetworkGatewayProps = {}) {
    super(scope, id);
    const {
      selector = { istio: eastWestGatewayLabels.istio },
      hosts = ['*.local'],
      namespace = istioSystem,
    } = props;
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
