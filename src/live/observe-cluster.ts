import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../mesh/mesh-error';
import type { Progress } from '../mesh/progress';
import { clusterProblems } from './cluster-problems';
import type { LiveCluster } from './live-cluster';
import type { ClusterObservation } from './observation';
import { observeControlPlane } from './observe-control-plane';
import { observeHelloWorld } from './observe-hello-world';
import type { Deadline } from './time-bound';

/** How long to wait between two looks at a cluster, in milliseconds. */
const interval = 2000;

/** What time can mend by itself; anything else waits for somebody. */
const passing = [
  'LIVE-ISTIOD',
  'LIVE-GATEWAY',
  'LIVE-SYNC',
  'LIVE-HELLO-WORLD',
  'LIVE-UNREACHABLE',
  'LIVE-TIMEOUT',
  'LIVE-API',
];

/** Looks at a cluster until it is as it should be, or the time is over, or only somebody could mend it. */
export async function observeCluster(
  mesh: Mesh,
  cluster: Cluster,
  live: LiveCluster,
  deadline: Deadline,
  progress: Progress,
): Promise<ClusterObservation> {
  let told = '';
  for (;;) {
    const observation = await lookOnce(mesh, cluster, live);
    const waitedFor = clusterProblems(cluster, observation).find(({ code }) => passing.includes(code));
    if (waitedFor === undefined || deadline.passed) return observation;
    if (waitedFor.found !== told) progress(`Waiting for ${cluster.name}: ${waitedFor.found}`);
    told = waitedFor.found;
    await sleep(interval);
  }
}

async function lookOnce(mesh: Mesh, cluster: Cluster, live: LiveCluster): Promise<ClusterObservation> {
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
