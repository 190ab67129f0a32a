import { crossNetworkPort } from '../mesh/istio-names';
import type { GatewayPorts } from './gateway/gateway';

/**
 * The ports of an east-west gateway. The first is the one that load balancers probe: some clouds send
 * their health checks to whichever port a Service lists first.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */
export const eastWestPorts: GatewayPorts = [
  { name: 'status-port', port: 15021, targetPort: 15021 },
  { name: 'tls', port: crossNetworkPort, targetPort: crossNetworkPort },
  { name: 'tls-istiod', port: 15012, targetPort: 15012 },
  { name: 'tls-webhook', port: 15017, targetPort: 15017 },
];
