import type { V1Deployment, V1Pod, V1ReplicaSet } from '@kubernetes/client-node';
import type { LiveCluster } from './live-cluster';
import type { Readiness } from './observation';
import { type Obstacle, observeObstacle } from './pod-obstacle';

const revisionAnnotation = 'deployment.kubernetes.io/revision';
/** The label that distinguishes the pods of a Deployment's ReplicaSets. */
export const templateHashLabel = 'pod-template-hash';

/**
 * The state of the newest pods of a Deployment. The status of the Deployment alone does not tell it: while a
 * new pod crashes, the number of ready pods is that of the old ones.
 */
export async function observeRollout(live: LiveCluster, deployment: V1Deployment): Promise<Readiness> {
  const { metadata, spec, status } = deployment;
  const desired = spec?.replicas ?? 1;
  if ((status?.observedGeneration ?? 0) < (metadata?.generation ?? 0)) {
    const reason = 'The Deployment controller of the cluster has not seen the last change yet.';
    return { desired, ready: 0, obstacle: { reason, mayPass: true } };
  }
  const replicaSets = await live.list<V1ReplicaSet>({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    namespace: metadata?.namespace,
    labels: spec?.selector.matchLabels,
  });
  const newest = newestReplicaSet(deployment, replicaSets);
  const ready = newest?.status?.readyReplicas ?? 0;
  if (ready >= desired) return { desired, ready };
  return { desired, ready, obstacle: await observeObstacleOf(live, deployment, newest) };
}

/** The ReplicaSet of the last revision, of those that the Deployment owns. */
export function newestReplicaSet(
  { metadata }: V1Deployment,
  replicaSets: readonly V1ReplicaSet[],
): V1ReplicaSet | undefined {
  const revision = (set: V1ReplicaSet) => Number(set.metadata?.annotations?.[revisionAnnotation] ?? 0);
  return replicaSets
    .filter((set) => set.metadata?.ownerReferences?.some(({ uid }) => uid === metadata?.uid))
    .sort((a, b) => revision(b) - revision(a))[0];
}

async function observeObstacleOf(
  live: LiveCluster,
  { metadata, spec, status }: V1Deployment,
  replicaSet: V1ReplicaSet | undefined,
): Promise<Obstacle | undefined> {
  const pods = await live.list<V1Pod>({
    apiVersion: 'v1',
    kind: 'Pod',
    namespace: metadata?.namespace,
    labels: {
      ...spec?.selector.matchLabels,
      [templateHashLabel]: replicaSet?.metadata?.labels?.[templateHashLabel] ?? '',
    },
  });
  for (const pod of pods) {
    const obstacle = await observeObstacle(live, pod);
    if (obstacle !== undefined) return obstacle;
  }
  // The API server refuses pods over a quota, for example, and those that no webhook admits.
  const conditions = [...(replicaSet?.status?.conditions ?? []), ...(status?.conditions ?? [])];
  const failure = conditions.find(({ type, status: is }) => type === 'ReplicaFailure' && is === 'True');
  return (
    failure && { reason: `No pod can be created: ${failure.message}`, mayPass: mayAdmit(failure.message) }
  );
}

/** While istiod starts, no injection webhook answers, and the API server refuses pods until one does. */
export function mayAdmit(message = ''): boolean {
  return /failed calling webhook/.test(message);
}
