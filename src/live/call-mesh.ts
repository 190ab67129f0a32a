import { setTimeout as sleep } from 'node:timers/promises';
import { answeringPeers } from '../mesh/hello-world';
import { helloWorldVersion } from '../mesh/istio-names';
import type { Mesh } from '../mesh/mesh';
import type { Progress } from '../problems/progress';
import { observeAmbientPath } from './ambient/ambient-path';
import { observeZtunnels, type Ztunnel } from './ambient/ztunnel';
import { callHelloWorld } from './hello-world';
import { type ObservedCluster, observePath } from './hello-world-path';
import { mapLimited } from './map-limited';
import { missingAnswers } from './missing-answers';
import type { CallsObservation, MeshObservation, PeerObservation } from './observation';
import { observePolicies, type PolicyObservation } from './policies';
import { Deadline } from './timeout';
import { knownProblems } from './verification-report';

/** How long to call HelloWorld before the causes of missing answers are sought, in seconds. */
const roundSeconds = 12;

/**
 * Calls HelloWorld from every cluster, and follows the path of each call with new connections. Repeats this
 * for as long as answers are missing for causes that may pass, and the deadline has not passed.
 */
export async function callMesh(
  mesh: Mesh,
  observed: readonly ObservedCluster[],
  deadline: Deadline,
  progress: Progress,
): Promise<MeshObservation> {
  const clusters = observed.map(({ cluster }) => cluster);
  const observations = observed.map(({ observation }) => observation);
  const known = knownProblems(clusters, { clusters: observations });
  let calls: readonly CallsObservation[] = [];
  let lastMessage = '';
  const policies = await readPolicies(observed);
  let isSecondLook = false;
  for (;;) {
    calls = addCalls(calls, await callOnceFromAll(mesh, observed, progress));
    const observation = { clusters: observations, calls, peers: await observePaths(observed), policies };
    const missing = missingAnswers(mesh, clusters, observation, known);
    const [first] = missing;
    if (first === undefined) {
      if (isSecondLook || !forbidsCalls(policies)) return observation;
      // Proxies may not have received a policy that forbids what they have just allowed.
      isSecondLook = true;
      calls = [];
      progress('Waiting for the proxies to receive the last policies');
      await sleep(policySeconds * 1000);
      continue;
    }
    const isWorthWaiting = missing.every(({ mayPass }) => mayPass) && known.length === 0;
    if (!isWorthWaiting || deadline.passed) return observation;
    if (first.message !== lastMessage) progress(`Waiting: ${first.message}`);
    lastMessage = first.message;
  }
}

/** How long proxies may take to receive a policy, in seconds. */
const policySeconds = 5;

function forbidsCalls(policies: Readonly<Record<string, PolicyObservation>>): boolean {
  return Object.values(policies).some(
    ({ inbound, outbound, gateway }) => inbound.length + outbound.length + gateway.length > 0,
  );
}

async function callOnceFromAll(
  mesh: Mesh,
  observed: readonly ObservedCluster[],
  progress: Progress,
): Promise<CallsObservation[]> {
  const calls = observed.map(async ({ cluster, live, observation }) => {
    const client = observation.helloWorld?.clients.find(({ ready }) => ready)?.name;
    if (live === undefined || client === undefined) return undefined;
    progress(`Calling HelloWorld from ${cluster.name}`);
    const expected = [cluster.name, ...answeringPeers(cluster)].map((name) => helloWorldVersion(mesh, name));
    return callHelloWorld(live, client, expected, new Deadline(roundSeconds));
  });
  return (await Promise.all(calls)).filter((observation) => observation !== undefined);
}

/** The sums of two rounds of calls. */
function addCalls(
  earlier: readonly CallsObservation[],
  later: readonly CallsObservation[],
): CallsObservation[] {
  return later.map((calls) => {
    const before = earlier.find(({ from }) => from === calls.from);
    const answers = new Map(Object.entries(before?.answers ?? {}));
    for (const [version, count] of Object.entries(calls.answers)) {
      answers.set(version, (answers.get(version) ?? 0) + count);
    }
    return {
      from: calls.from,
      answers: Object.fromEntries(answers),
      failed: calls.failed + (before?.failed ?? 0),
      lastFailure: calls.lastFailure ?? before?.lastFailure,
    };
  });
}

/** How many paths to follow at a time: each runs commands in a pod, and a mesh has a path for each pair. */
const pathsAtOnce = 20;

/** Follows the path to each peer in another network. */
async function observePaths(observed: readonly ObservedCluster[]): Promise<PeerObservation[]> {
  const paths = observed.flatMap((from) =>
    observed
      .filter(({ cluster }) => answeringPeers(from.cluster).includes(cluster.name))
      .filter(({ cluster }) => cluster.network !== from.cluster.network)
      .map((to) => ({ from, to })),
  );
  const ztunnels = await ztunnelsOf(paths.map(({ from }) => from));
  return mapLimited(paths, pathsAtOnce, ({ from, to }) => {
    const gateways = observed.filter(({ cluster }) => cluster.network === to.cluster.network);
    const known = ztunnels.get(from);
    return known === undefined
      ? observePath(from, to, gateways)
      : observeAmbientPath(from, to, gateways, known);
  });
}

/** The ztunnels of the callers in ambient mode. Each knows the way to all networks, so it is asked once for all paths. */
async function ztunnelsOf(
  callers: readonly ObservedCluster[],
): Promise<ReadonlyMap<ObservedCluster, readonly Ztunnel[]>> {
  const ambient = [...new Set(callers)].filter(({ cluster }) => cluster.helloWorld.dataPlane === 'ambient');
  const entries = ambient.map(
    async (caller) => [caller, caller.live === undefined ? [] : await observeZtunnels(caller.live)] as const,
  );
  return new Map(await Promise.all(entries));
}

async function readPolicies(
  observed: readonly ObservedCluster[],
): Promise<Readonly<Record<string, PolicyObservation>>> {
  const entries = observed.map(async ({ cluster, live }) =>
    live === undefined ? [] : [[cluster.name, await observePolicies(live, cluster)] as const],
  );
  return Object.fromEntries((await Promise.all(entries)).flat());
}
