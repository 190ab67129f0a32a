import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { clusterProblems } from './cluster-problems';
import { observeHelloWorld } from './hello-world';
import type { LiveCluster } from './live-cluster';
import type { ClusterObservation, PodObservation } from './observation';
import { observeControlPlane } from './observe-control-plane';
import type { Deadline } from './timeout';

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
    if (waitedFor.message !== told) progress(`Waiting for ${cluster.name}: ${waitedFor.message}`);
    told = waitedFor.message;
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

/** The container that Istio injects, and in which a gateway's proxy runs. */
export const proxyContainer = 'istio-proxy';

/** The pods with some labels, those that are about to end left out. */
export async function observePods(
  live: LiveCluster,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Promise<PodObservation[]> {
  const pods = await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod', namespace, labels });
  return pods
    .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
    .map(({ metadata, spec, status }) => {
      // A native sidecar is an init container.
      const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
      return {
        name: metadata?.name ?? '',
        ready: status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true,
        sidecar: containers.some(({ name }) => name === proxyContainer),
      };
    });
}
