import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, Mesh } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { clusterProblems } from './cluster-problems';
import { observeHelloWorld } from './hello-world';
import type { LiveCluster } from './live-cluster';
import type { ClusterObservation } from './observation';
import { observeControlPlane } from './observe-control-plane';
import type { Deadline } from './timeout';

/** The pause between two observations of a cluster, in milliseconds. */
const interval = 2000;

/** Problems that may disappear without a change by the user. */
const transientCodes: readonly ErrorCode[] = [
  'LIVE-ISTIOD',
  'LIVE-GATEWAY',
  'LIVE-SYNC',
  'LIVE-HELLO-WORLD',
  'LIVE-UNREACHABLE',
  'LIVE-TIMEOUT',
  'LIVE-API',
];

/** Observes a cluster repeatedly, until it has no transient problem or the deadline passes. */
export async function observeCluster(
  mesh: Mesh,
  cluster: Cluster,
  live: LiveCluster,
  deadline: Deadline,
  progress: Progress,
): Promise<ClusterObservation> {
  let lastMessage = '';
  for (;;) {
    const observation = await observeOnce(mesh, cluster, live);
    const problem = clusterProblems(cluster, observation).find(({ code }) => transientCodes.includes(code));
    if (problem === undefined || deadline.passed) return observation;
    if (problem.message !== lastMessage) progress(`Waiting for ${cluster.name}: ${problem.message}`);
    lastMessage = problem.message;
    await sleep(interval);
  }
}

async function observeOnce(mesh: Mesh, cluster: Cluster, live: LiveCluster): Promise<ClusterObservation> {
  try {
    const [controlPlane, helloWorld] = await Promise.all([
      observeControlPlane(live, cluster),
      mesh.verification.helloWorld === 'enabled' ? observeHelloWorld(live) : undefined,
    ]);
    return { cluster: live.name, problems: [], controlPlane, helloWorld };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return { cluster: live.name, problems: error.problems };
  }
}
