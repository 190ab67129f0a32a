import { Construct } from 'constructs';
import { z } from 'zod';
import { Gateway, GatewaySpecServersTlsMode } from '../../imports/networking.istio.io';
import { exposeAll, exposedHosts, namespaceName } from '../mesh/exposure';
import { crossNetworkPort, eastWestGatewayLabels, istioSystem } from '../mesh/istio-names';
import { dnsLabel, dnsSubdomain, nonEmptyString, stringMap } from '../mesh/schema-types';
import { settingsOf, type Validated } from './props';

/** The gateway that exposes Services to other networks, and the Services that it exposes. */
export interface CrossNetworkGatewayProps {
  /**
   * The labels of the gateway's pods.
   * @default - those of the east-west gateway, `istio: eastwestgateway`
   */
  readonly selector?: Readonly<Record<string, string>>;
  /**
   * The namespaces whose Services other networks can reach, in addition to `hosts`.
   * @default - none, or with neither `namespaces` nor `hosts` all namespaces
   */
  readonly namespaces?: readonly string[];
  /**
   * The hosts of the Services that other networks can reach, such as reviews.shop.svc.cluster.local.
   * @default - none, or with neither `namespaces` nor `hosts` all Services of the cluster domain
   */
  readonly hosts?: readonly string[];
  /**
   * The DNS domain of the Services, `global.proxy.clusterDomain` of Istio.
   * @default - cluster.local
   */
  readonly clusterDomain?: string;
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
 * new CrossNetworkGateway(chart, 'gateway', { namespaces: ['shop'] });
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
      namespaces,
      hosts,
      clusterDomain = 'cluster.local',
      namespace = istioSystem,
    } = settingsOf(this, props, propsSchema);
    const exposure = namespaces === undefined && hosts === undefined ? exposeAll : { namespaces, hosts };
    new Gateway(this, 'gateway', {
      metadata: { name: 'cross-network-gateway', namespace },
      spec: {
        selector,
        servers: [
          {
            port: { number: crossNetworkPort, name: 'tls', protocol: 'TLS' },
            tls: { mode: GatewaySpecServersTlsMode.AUTO_PASSTHROUGH },
            hosts: exposedHosts(exposure, clusterDomain),
          },
        ],
      },
    });
  }
}

function propsSchema() {
  const atLeastOne = 'Write at least one, or remove the prop to expose all Services.';
  return z.strictObject({
    selector: stringMap.optional(),
    namespaces: z.array(namespaceName).min(1, atLeastOne).optional(),
    hosts: z.array(nonEmptyString).min(1, atLeastOne).optional(),
    clusterDomain: dnsSubdomain.optional(),
    namespace: dnsLabel.optional(),
  }) satisfies z.ZodType<CrossNetworkGatewayProps>;
}
