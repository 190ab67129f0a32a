import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { gatewayApiWarnings } from './ambient/gateway-definitions';
import { observeGlobalObjects } from './ambient/global-objects';
import { clusterProblems } from './cluster-problems';
import { observeHelloWorld } from './hello-world';
import type { LiveCluster } from './live-cluster';
import type { ClusterObservation } from './observation';
import { observeControlPlane } from './observe-control-plane';
import { observeRemoteSecrets, type SecretContext } from './observe-remote-secrets';
import { agentOf } from './proxy-location';
import { observeRollouts } from './rollouts';
import type { Deadline } from './timeout';

/** The pause between two observations of a cluster, in milliseconds. */
const interval = 2000;

/** Failures of a connected cluster that may disappear without a change by the user. */
const passingCodes: readonly ErrorCode[] = ['LIVE-UNREACHABLE', 'LIVE-TIMEOUT', 'LIVE-API'];

/** What {@link observeCluster} needs to know about the mesh. */
export interface ObservationContext extends Omit<SecretContext, 'agent'> {
  readonly deadline: Deadline;
  readonly progress: Progress;
}

/**
 * Observes a cluster repeatedly for as long as all its problems may pass, and the deadline has not passed. A
 * problem that waiting cannot cure is reported at once.
 */
export async function observeCluster(
  cluster: Cluster,
  live: LiveCluster,
  context: ObservationContext,
): Promise<ClusterObservation> {
  let lastMessage = '';
  for (;;) {
    const observation = await observeOnce(cluster, live, context);
    const problems = clusterProblems(cluster, observation);
    const [problem] = problems;
    const isHopeless = problems.some(({ mayPass }) => !mayPass) || hasBrokenSecret(observation);
    if (problem === undefined || isHopeless || context.deadline.passed) {
      return withGatewayApiWarnings(cluster, live, observation);
    }
    if (problem.message !== lastMessage) context.progress(`Waiting for ${cluster.name}: ${problem.message}`);
    lastMessage = problem.message;
    await sleep(interval);
  }
}

/** The definitions are large, and do not change while a cluster is observed. */
async function withGatewayApiWarnings(
  cluster: Cluster,
  live: LiveCluster,
  observation: ClusterObservation,
): Promise<ClusterObservation> {
  const { controlPlane, warnings = [] } = observation;
  if (controlPlane === undefined) return observation;
  return { ...observation, warnings: [...warnings, ...(await gatewayApiWarnings(live, cluster))] };
}

function hasBrokenSecret({ remoteSecrets = [] }: ClusterObservation): boolean {
  return remoteSecrets.some(({ problems }) => problems.length > 0);
}

async function observeOnce(
  cluster: Cluster,
  live: LiveCluster,
  { mesh, clients, written }: ObservationContext,
): Promise<ClusterObservation> {
  try {
    const [controlPlane, rollouts, helloWorld, { problems, warnings }] = await Promise.all([
      observeControlPlane(live, mesh, cluster),
      observeRollouts(live, mesh, cluster),
      mesh.verification.helloWorld === 'enabled' ? observeHelloWorld(live) : undefined,
      observeGlobalObjects(live, mesh, cluster),
    ]);
    const agent = agentOf({ cluster: live.name, problems: [], controlPlane, helloWorld });
    const remoteSecrets = await observeRemoteSecrets(live, cluster, { mesh, clients, written, agent });
    return { cluster: live.name, problems, warnings, controlPlane, rollouts, remoteSecrets, helloWorld };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const problems = error.problems.map((problem) => ({
      ...problem,
      mayPass: passingCodes.includes(problem.code),
    }));
    return { cluster: live.name, problems };
  }
}
