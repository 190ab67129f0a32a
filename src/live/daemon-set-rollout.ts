import type { V1DaemonSet, V1Pod } from '@kubernetes/client-node';
import type { LiveCluster } from './live-cluster';
import type { Readiness } from './observation';
import { type Obstacle, observeObstacle } from './pod-obstacle';

/** Whether the newest pods of a DaemonSet are ready on all nodes; undefined if it does not exist. */
export async function observeDaemonSet(
  live: LiveCluster,
  name: string,
  namespace: string,
): Promise<Readiness | undefined> {
  const daemonSet = await live.read<V1DaemonSet>({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    name,
    namespace,
  });
  if (daemonSet === undefined) return undefined;
  const { metadata, status } = daemonSet;
  const desired = status?.desiredNumberScheduled ?? 0;
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) {
    const reason = 'The DaemonSet controller of the cluster has not seen the last change yet.';
    return { desired, ready: 0, obstacle: { reason, mayPass: true } };
  }
  const ready = Math.min(status?.updatedNumberScheduled ?? 0, status?.numberReady ?? 0);
  if (ready >= desired) return { desired, ready };
  return { desired, ready, obstacle: await obstacleOf(live, daemonSet) };
}

async function obstacleOf(live: LiveCluster, { metadata, spec }: V1DaemonSet): Promise<Obstacle | undefined> {
  const pods = await live.list<V1Pod>({
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: metadata?.namespace,
    labels: spec?.selector.matchLabels,
  });
  for (const pod of pods) {
    const obstacle = await observeObstacle(live, pod);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}
