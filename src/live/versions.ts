import { clusterInput } from '../control-plane/input';
import { istiodImage } from '../control-plane/istiod/container';
import type { Cluster, ControlPlaneSettings, Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import { proxiesWithOldRoots } from './certificate-problems';
import type { ClusterState } from './cluster-state';
import type { IstiodState } from './istiod-state';
import { type LiveProblem, lasting, passing, problemOf } from './live-problem';
import { outdatedProxies } from './outdated-proxies';
import { isBeingReplaced, type ProxyPod, restartHint, workloadName, workloadNames } from './proxy';

/** An istiod of another version than in the mesh definition: a change that was written and not applied. */
export function imageProblems(mesh: Mesh, { cluster, istiods }: ClusterState): LiveProblem[] {
  const { canary, ...first } = cluster.istio;
  return [first, ...(canary === undefined ? [] : [canary])].flatMap((settings) => {
    const running = istiods.find(({ revision }) => revision === settings.revision)?.image;
    const expected = expectedImage(mesh, cluster, settings);
    if (running === undefined || expected === undefined) return [];
    const [tag, expectedTag] = [tagOf(running), tagOf(expected)];
    // A registry that mirrors images changes everything but the tag.
    if (tag === undefined || expectedTag === undefined || tag === expectedTag) return [];
    const message = `istiod of ${cluster.name} (revision ${settings.revision}) has the image ${running}, but mesh.yaml has the tag ${expectedTag}.`;
    const hint = `Synthesize, and apply the control plane of ${cluster.name}. Then restart its gateways and workloads, so that they get proxies of the same version.`;
    return [problemOf(cluster.name, 'LIVE-VERSION', lasting(message, hint))];
  });
}

/** Undefined for a version that this package does not know: only Istio's own tools render it. */
function expectedImage(mesh: Mesh, cluster: Cluster, settings: ControlPlaneSettings): string | undefined {
  try {
    return istiodImage(clusterInput(mesh, cluster, settings));
  } catch (error) {
    if (error instanceof MeshError) return undefined;
    throw error;
  }
}

/** The tag of an image; undefined if it has only a digest. */
function tagOf(image: string): string | undefined {
  return /:([^:/@]+)(@|$)/.exec(image)?.[1];
}

/** Proxies of another version than the istiod that they are connected to. */
export function proxyVersionProblems(state: ClusterState): LiveProblem[] {
  const { cluster, istiods, proxies } = state;
  const skewed = new Map<string, ProxyPod[]>();
  for (const { revision, pods } of istiods) {
    for (const { version, connected } of pods) {
      for (const connection of connected) {
        const proxy = proxies.find(({ pod, namespace }) => `${pod}.${namespace}` === connection.id);
        if (proxy === undefined || connection.version === version) continue;
        const pair = `have version ${connection.version}, but their istiod (revision ${revision}) has version ${version}`;
        skewed.set(pair, [...(skewed.get(pair) ?? []), proxy]);
      }
    }
  }
  return [...skewed].flatMap(([pair, found]) =>
    outdatedProxies(
      state,
      'LIVE-VERSION',
      found,
      (workloads) => `Proxies of ${cluster.name} ${pair}: ${workloads}.`,
    ),
  );
}

/** Proxies whose istiod does not exist, and those that have lost it. */
export function orphanProblems(state: ClusterState): LiveProblem[] {
  const { cluster, istiods, proxies } = state;
  const { name } = cluster;
  const revisions = istiods.filter(({ ready }) => ready > 0).map(({ revision }) => revision);
  const orphans = proxies.filter(({ revision }) => revision !== undefined && !revisions.includes(revision));
  // An istiod of the mesh definition that is not ready is a problem of its own, and explains its proxies.
  const { revision, canary } = cluster.istio;
  const unexplained = orphans.filter(
    (proxy) => proxy.revision !== revision && proxy.revision !== canary?.revision,
  );
  const problems = [...groupByRevision(unexplained)].map(([gone, found]) => {
    const message = `Proxies of ${name} belong to the revision ${gone}, which has no ready istiod, so they get no configuration and no certificates: ${workloadNames(found)}.`;
    const hint = `${restartHint(name, found)} If their namespaces select ${gone} with the label istio.io/rev, label them for ${revision} before.`;
    // An istiod that exists may become ready, and a rollout may replace the proxies.
    const mayPass =
      istiods.some((istiod) => istiod.revision === gone && istiod.desired > 0) ||
      found.every((proxy) => isBeingReplaced(proxy, proxies));
    return problemOf(name, 'LIVE-REVISION', { message, hint, mayPass });
  });
  // Proxies with an old root certificate do not trust istiod either, which is a problem of its own.
  const distrusting = proxiesWithOldRoots(state).map(({ workload }) => workloadName(workload));
  const lost = lostProxies(istiods, proxies).filter(
    (proxy) => !orphans.includes(proxy) && !distrusting.includes(workloadName(proxy.workload)),
  );
  if (lost.length === 0) return problems;
  const message = `Proxies of ${name} are not connected to any istiod: ${workloadNames(lost)}.`;
  const hint = `Read the logs of the container istio-proxy in these pods, then restart them. ${restartHint(name, lost)}`;
  return [...problems, problemOf(name, 'LIVE-REVISION', passing(message, hint))];
}

/** Ready proxies that no istiod pod knows; none unless all ready istiod pods have answered. */
function lostProxies(istiods: readonly IstiodState[], proxies: readonly ProxyPod[]): ProxyPod[] {
  if (istiods.length === 0 || istiods.some(({ ready, pods }) => pods.length < ready)) return [];
  const connected = new Set(
    istiods.flatMap(({ pods }) => pods).flatMap((pod) => pod.connected.map(({ id }) => id)),
  );
  return proxies.filter(({ pod, namespace, ready }) => ready && !connected.has(`${pod}.${namespace}`));
}

function groupByRevision(proxies: readonly ProxyPod[]): Map<string, ProxyPod[]> {
  const groups = new Map<string, ProxyPod[]>();
  for (const proxy of proxies) {
    const revision = proxy.revision ?? '';
    groups.set(revision, [...(groups.get(revision) ?? []), proxy]);
  }
  return groups;
}

/** Workloads of a second control plane, which must move before it is removed. */
export function secondRevisionWarnings({ cluster, istiods, proxies }: ClusterState): Problem[] {
  const { name, istio } = cluster;
  return istiods
    .filter(({ revision }) => revision !== istio.revision)
    .flatMap(({ revision, pods }) => {
      const found = proxies.filter((proxy) => proxy.revision === revision);
      const isDefined = revision === istio.canary?.revision;
      if (found.length === 0 && isDefined) return [];
      const version = pods[0] === undefined ? '' : `, version ${pods[0].version}`;
      const users = found.length === 0 ? 'No proxy uses it' : `These use it: ${workloadNames(found)}`;
      const message = `${name} has a second istiod (revision ${revision}${version})${isDefined ? '' : ', which is not in mesh.yaml'}. ${users}.`;
      const hint =
        found.length === 0
          ? `Remove the istiod, or add it to mesh.yaml as istio.canary.`
          : `Before you remove it, label their namespaces for ${istio.revision}. ${restartHint(name, found)}`;
      return [problemOf(name, 'LIVE-REVISION', lasting(message, hint))];
    });
}

/** A warning if the istiods of different clusters have different versions. */
export function skewWarnings(states: readonly ClusterState[]): Problem[] {
  const versions = states.flatMap(({ cluster, istiods }) => {
    const first = istiods.find(({ revision }) => revision === cluster.istio.revision)?.pods[0];
    return first === undefined ? [] : [{ cluster: cluster.name, version: first.version }];
  });
  const [first, ...others] = versions;
  const different = others.find(({ version }) => version !== first?.version);
  if (first === undefined || different === undefined) return [];
  const list = versions.map(({ cluster, version }) => `${cluster} ${version}`).join(', ');
  const message = `The clusters run different versions of Istio: ${list}.`;
  const hint =
    'Finish the upgrade: set one version in mesh.yaml, synthesize, apply, and restart the workloads.';
  return [problemOf(different.cluster, 'LIVE-VERSION', lasting(message, hint))];
}
