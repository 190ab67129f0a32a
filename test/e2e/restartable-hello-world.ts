import { awaitRollouts } from './apply-mesh';
import type { Workplace } from './workplace';

/**
 * Prepares HelloWorld for restarts of its pods and of gateways without a failed call. Workloads in any Istio
 * mesh need these settings.
 */
export function makeRestartable(workplace: Workplace, cluster: string, version: string): void {
  workplace.kubectl(cluster, `apply -f - <<< '${JSON.stringify(oneCallPerConnection)}'`);
  workplace.kubectl(
    cluster,
    `-n sample patch deployment helloworld-${version} --patch '${JSON.stringify(delayedStop)}'`,
  );
  awaitRollouts(workplace, cluster, 'sample');
}

/**
 * A gateway passes TCP connections through, so it cannot drain clients. After its drain period of five
 * seconds it closes the remaining connections, and with them calls in flight.
 */
const oneCallPerConnection = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'helloworld', namespace: 'sample' },
  spec: {
    host: 'helloworld',
    trafficPolicy: { connectionPool: { http: { maxRequestsPerConnection: 1 } } },
  },
};

/** A terminating pod receives calls until all proxies have the update, so it must continue to serve. */
const delayedStop = {
  spec: {
    template: {
      spec: { containers: [{ name: 'helloworld', lifecycle: { preStop: { sleep: { seconds: 5 } } } }] },
    },
  },
};
