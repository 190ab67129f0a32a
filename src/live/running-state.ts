import { setTimeout as sleep } from 'node:timers/promises';
import type { Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { ztunnelCertificateProblems } from './ambient/ztunnel-problems';
import { caSecretProblems, type WrittenCaCerts } from './ca-secret-problems';
import {
  distributedRoots,
  proxyCertificateProblems,
  rootConfigMapProblems,
  skippedStepProblems,
} from './certificate-problems';
import { certificateWarnings } from './certificate-warnings';
import { isEmpty } from './cluster-problems';
import { type ClusterState, observeClusterState } from './cluster-state';
import type { ObservedCluster } from './hello-world-path';
import { injectionProblems } from './injection-problems';
import { type LiveProblem, lasting, problemOf } from './live-problem';
import { meshConfigProblems } from './mesh-config-problems';
import { proxyIdentityProblems } from './proxy-identity-problems';
import { revocationProblems } from './revocation-problems';
import { Deadline } from './timeout';
import { knownProblems } from './verification-report';
import {
  imageProblems,
  orphanProblems,
  proxyVersionProblems,
  secondRevisionWarnings,
  skewWarnings,
} from './versions';

/** How long old pods may still run after new ones are ready, in seconds. */
const settleSeconds = 6;

/** The pauses between two observations, in milliseconds: shorter while old pods end. */
const settlePause = 2000;
const pause = 5000;

/** What {@link withRunningState} needs to know beside the clusters. */
interface RunningStateOptions {
  readonly written: WrittenCaCerts;
  readonly deadline: Deadline;
  readonly progress: Progress;
}

/**
 * Adds to the observation of each cluster what is wrong with what runs in it. Observes again for as long as all of
 * it may pass, and the deadline has not passed.
 */
export async function withRunningState(
  mesh: Mesh,
  observed: readonly ObservedCluster[],
  { written, deadline, progress }: RunningStateOptions,
): Promise<ObservedCluster[]> {
  const settled = new Deadline(settleSeconds);
  const clusters = observed.map(({ cluster }) => cluster);
  const known = knownProblems(clusters, { clusters: observed.map(({ observation }) => observation) });
  let lastMessage = '';
  for (;;) {
    const result = await observeRunningState(mesh, observed, written);
    const found = result.flatMap(({ observation }, index) =>
      observation.problems.slice(observed[index]?.observation.problems.length ?? 0),
    );
    const [problem] = found;
    if (problem === undefined) return result;
    const isWorthWaiting = known.length === 0 && found.every(({ mayPass }) => mayPass);
    if (settled.passed && (!isWorthWaiting || deadline.passed)) return result;
    if (problem.message !== lastMessage) progress(`Waiting: ${problem.message}`);
    lastMessage = problem.message;
    await sleep(settled.passed ? pause : settlePause);
  }
}

async function observeRunningState(
  mesh: Mesh,
  observed: readonly ObservedCluster[],
  written: WrittenCaCerts,
): Promise<ObservedCluster[]> {
  const now = new Date();
  const results = await Promise.all(observed.map((each) => stateOf(mesh, each)));
  const states = results.flatMap(({ state }) => state ?? []);
  const skew = skewWarnings(states);
  return observed.map((each, index) => {
    const { state, warnings = [] } = results[index] ?? {};
    const found = state === undefined ? [] : runningProblems(mesh, state, { states, written, now });
    const ownSkew = skew.filter(({ location }) => location.file === each.cluster.name);
    const ownWarnings =
      state === undefined
        ? []
        : [...secondRevisionWarnings(state), ...certificateWarnings(state, written, now)];
    const { observation } = each;
    return {
      ...each,
      observation: {
        ...observation,
        problems: [...observation.problems, ...found],
        warnings: [...(observation.warnings ?? []), ...warnings, ...ownSkew, ...ownWarnings],
      },
    };
  });
}

/** What the state of one cluster is compared with. */
export interface RunningContext {
  /** The states of all clusters. */
  readonly states: readonly ClusterState[];
  readonly written: WrittenCaCerts;
  readonly now: Date;
}

/** What is wrong in one cluster of a mesh. */
export function runningProblems(
  mesh: Mesh,
  state: ClusterState,
  { states, written, now }: RunningContext,
): LiveProblem[] {
  const meshRoots = states.flatMap(distributedRoots);
  return [
    ...imageProblems(mesh, state),
    ...proxyVersionProblems(state),
    ...orphanProblems(state),
    ...proxyIdentityProblems(state),
    ...caSecretProblems(state, written, now),
    ...rootConfigMapProblems(state),
    ...proxyCertificateProblems(state, meshRoots, now),
    ...skippedStepProblems(state, states),
    ...revocationProblems(state),
    ...ztunnelCertificateProblems(state, now),
    ...injectionProblems(mesh, state),
    ...meshConfigProblems(mesh, state),
  ];
}

/** What the user may not read is not checked, which a warning says. */
async function stateOf(
  mesh: Mesh,
  { cluster, live, observation }: ObservedCluster,
): Promise<{ readonly state?: ClusterState; readonly warnings?: readonly Problem[] }> {
  const { controlPlane } = observation;
  if (live === undefined || controlPlane === undefined || isEmpty(controlPlane)) return {};
  try {
    return { state: await observeClusterState(live, mesh, cluster) };
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const [{ code, message, hint } = { code: 'LIVE-API' as const, message: '', hint: '' }] = error.problems;
    const found = `Versions, certificates, injection and configuration of ${cluster.name} were not checked: ${message}`;
    return { warnings: [problemOf(cluster.name, code, lasting(found, hint))] };
  }
}
