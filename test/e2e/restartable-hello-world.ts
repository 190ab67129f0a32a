import { awaitRollouts } from './apply-mesh';
import type { Workplace } from './workplace';

/**
 * Makes HelloWorld of a cluster one of which any pod, and any gateway before it, can be restarted without
 * losing a call: what workloads need for that in every mesh, whoever installed it.
 */
export function makeRestartable(workplace: Workplace, cluster: string, version: string): void {
  workplace.kubectl(cluster, `apply -f - <<< '${JSON.stringify(oneCallAConnection)}'`);
  workplace.kubectl(
    cluster,
    `-n sample patch deployment helloworld-${version} --patch '${JSON.stringify(servesOn)}'`,
  );
  awaitRollouts(workplace, cluster, 'sample');
}

/**
 * A gateway passes TCP connections through, so that it cannot ask for their end. After the five seconds
 * that it drains for it cuts those that are left, and with them a call that is just under way.
 */
const oneCallAConnection = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'helloworld', namespace: 'sample' },
  spec: {
    host: 'helloworld',
    trafficPolicy: { connectionPool: { http: { maxRequestsPerConnection: 1 } } },
  },
};

/** A pod that ends is called until everybody knows, so that it has to serve on for a while. */
const servesOn = {
  spec: {
    template: {
      spec: { containers: [{ name: 'helloworld', lifecycle: { preStop: { sleep: { seconds: 5 } } } }] },
    },
  },
};
