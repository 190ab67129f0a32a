import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { restart } from './apply-mesh';
import { clusterSource, lab } from './clusters';
import { commands } from './commands';
import { withContinuousCalls } from './continuous-calls';
import { syncedClusters } from './mesh-answers';
import { verifiedMesh } from './verified-mesh';

const clusters = ['cluster1', 'cluster2'];

/** How long the API server of a cluster cannot be reached by the others, in milliseconds. */
const outage = 60_000;

describe.skipIf(clusterSource !== 'lab')('disruptions of a mesh', () => {
  const workplace = verifiedMesh(clusters.length);

  withContinuousCalls(workplace, clusters, () => {
    test('restarts of istiod', () => {
      restart(workplace(), clusters, 'istio-system', ['istiod']);
      workplace().run(commands.verify);
    });

    test('restarts of gateways', () => {
      restart(workplace(), clusters, 'istio-system', ['istio-eastwestgateway', 'istio-ingressgateway']);
      workplace().run(commands.verify);
    });

    test('an API server that the other cluster cannot reach', { timeout: 5 * outage }, async () => {
      const rule = ['FORWARD', '-d', apiServer('cluster2'), '-p', 'tcp', '--dport', '6443', '-j', 'DROP'];
      execFileSync(lab, ['exec', '1', 'iptables', '-I', ...rule]);
      try {
        await delay(outage);
      } finally {
        execFileSync(lab, ['exec', '1', 'iptables', '-D', ...rule]);
      }
      const synced = () => clusters.map((cluster) => syncedClusters(workplace(), cluster));
      await expect.poll(synced, { timeout: outage, interval: 2000 }).toEqual([clusters, clusters]);
      workplace().run(commands.verify);
    });
  });

  /** The address of the API server of a cluster. */
  function apiServer(cluster: string): string {
    const server = workplace().run(
      `kubectl --kubeconfig ${cluster}.kubeconfig config view --minify -o jsonpath={.clusters[0].cluster.server}`,
    );
    return new URL(server).hostname;
  }
});
