import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import { istioSystem, remoteSecretName } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import type { Progress } from '../problems/progress';
import type { ObservedCluster } from './hello-world-path';
import type { LiveCluster } from './live-cluster';
import { type LiveProblem, passing, problemOf, type UnlocatedProblem } from './live-problem';
import { ownValue } from './own-value';
import { proxiesOf, restartHint, silentProxiesHint, workloadNames } from './proxy';
import { observeProxyEndpoints, type ProxyEndpoints } from './proxy-endpoints';
import type { Deadline } from './timeout';
import { observeReader, type ReaderState } from './tokens/observe-reading';

/** The pause between two observations, in milliseconds. */
const pause = 3000;

/** Clusters that have left the mesh, and how long others may take to forget them. */
interface RemovedClusters {
  readonly removed: readonly string[];
  readonly deadline: Deadline;
  readonly progress: Progress;
}

/**
 * Refuses names of clusters that the mesh still has.
 *
 * @throws MeshError with each of them
 */
export function refuseRemaining({ clusters }: Mesh, removed: readonly string[]): void {
  MeshError.throwIfAny(
    clusters
      .filter(({ name }) => removed.includes(name))
      .map(({ name }) => ({
        code: 'LIVE-STRAY' as const,
        location: { file: name },
        message: `${name} is a cluster of the mesh.`,
        hint: `Remove it first with istio-mesh remove ${name}.`,
      })),
  );
}

/**
 * Adds to the observation of each cluster what it still has of removed clusters. Asks every istiod and every proxy, repeatedly
 * until none has anything, or the deadline has passed.
 */
export function withRemovedClusters(
  observed: readonly ObservedCluster[],
  options: RemovedClusters,
): Promise<ObservedCluster[]> {
  return Promise.all(
    observed.map(async (each) => {
      const { live, cluster, observation } = each;
      if (live === undefined) return each;
      const problems = await awaitForgotten(live, cluster, options);
      return { ...each, observation: { ...observation, problems: [...observation.problems, ...problems] } };
    }),
  );
}

async function awaitForgotten(
  live: LiveCluster,
  cluster: Cluster,
  { removed, deadline, progress }: RemovedClusters,
): Promise<readonly LiveProblem[]> {
  for (;;) {
    const problems = await tracesOf(live, cluster, removed);
    const [problem] = problems;
    if (problem === undefined || deadline.passed) return problems;
    progress(`Waiting for ${cluster.name}: ${problem.message}`);
    await sleep(pause);
  }
}

async function tracesOf(
  live: LiveCluster,
  cluster: Cluster,
  removed: readonly string[],
): Promise<readonly LiveProblem[]> {
  try {
    const state = await observeReader(live, cluster);
    const ofIstiod = removed.flatMap((name) => istiodTraces(state, name));
    // Proxies follow istiod.
    const found =
      ofIstiod.length > 0 ? ofIstiod : proxyTraces(cluster, await endpointsOfProxies(live), removed);
    return found.map((problem) => problemOf(cluster.name, 'LIVE-STRAY', problem));
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    return error.problems.map((problem) => ({ ...problem, mayPass: true }));
  }
}

async function endpointsOfProxies(live: LiveCluster): Promise<ProxyEndpoints[]> {
  const pods = await live.list<V1Pod>({ apiVersion: 'v1', kind: 'Pod' });
  return observeProxyEndpoints(live, proxiesOf(pods));
}

function istiodTraces({ cluster, istiods }: ReaderState, removed: string): UnlocatedProblem[] {
  const reads = istiods.some(({ remoteClusters = [] }) => remoteClusters.some(({ id }) => id === removed));
  const silent = istiods.filter(({ endpoints, remoteClusters }) => !endpoints || !remoteClusters);
  if (reads) {
    return [
      passing(
        `istiod of ${cluster.name} still reads ${removed}.`,
        `Delete Secret ${istioSystem}/${remoteSecretName(removed)} in ${cluster.name}.`,
      ),
    ];
  }
  const count = Math.max(0, ...istiods.map(({ endpoints = {} }) => ownValue(endpoints, removed) ?? 0));
  if (count > 0) {
    const hint = `Wait for istiod. If they stay, run kubectl -n ${istioSystem} rollout restart deployment -l app=istiod in ${cluster.name}.`;
    return [passing(`istiod of ${cluster.name} still has ${count} endpoints of ${removed}.`, hint)];
  }
  if (istiods.length > 0 && silent.length === 0) return [];
  const message = `It is unknown whether istiod of ${cluster.name} still reads ${removed}, because it does not answer.`;
  return [passing(message, `Run kubectl -n ${istioSystem} describe pods -l app=istiod.`)];
}

/** What proxies of a cluster still have of removed clusters. */
export function proxyTraces(
  { name }: Cluster,
  proxies: readonly ProxyEndpoints[],
  removed: readonly string[],
): UnlocatedProblem[] {
  const silent = proxies.filter(({ clusters }) => clusters === undefined).map(({ proxy }) => proxy);
  return [
    ...removed.flatMap((cluster) => {
      const found = proxies.filter(({ clusters }) => clusters?.has(cluster)).map(({ proxy }) => proxy);
      if (found.length === 0) return [];
      const message = `Proxies of ${name} still have endpoints of ${cluster}: ${workloadNames(found)}.`;
      return [
        passing(message, `Delete nothing in ${cluster} yet. If they stay: ${restartHint(name, found)}`),
      ];
    }),
    ...(silent.length === 0
      ? []
      : [
          passing(
            `Proxies of ${name} did not say which endpoints they have: ${workloadNames(silent)}.`,
            silentProxiesHint,
          ),
        ]),
  ];
}
