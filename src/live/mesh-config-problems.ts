import type { V1LabelSelector } from '@kubernetes/client-node';
import { helloWorld, istioSystem, withRevision } from '../mesh/istio-names';
import type { Mesh } from '../mesh/mesh';
import type { ClusterState } from './cluster-state';
import { matchesLabels } from './label-selector';
import { type LiveProblem, lasting, passing, problemOf } from './live-problem';
import { readConfig } from './mesh-config';
import { type ProxyPod, restartHint, workloadNames } from './proxy';

type Settings = Readonly<Record<string, unknown>>;

/** Whether each istiod runs with the mesh configuration that the mesh definition has. */
export function meshConfigProblems(mesh: Mesh, state: ClusterState): LiveProblem[] {
  const { cluster, configMaps, istiods } = state;
  const revisions = [cluster.istio.revision, cluster.istio.canary?.revision];
  return istiods
    .filter(({ revision }) => revisions.includes(revision))
    .flatMap(({ revision, pods }) => {
      const name = withRevision('istio', revision);
      const text = configMaps.find(({ metadata }) => metadata?.name === name)?.data?.mesh;
      const written = text === undefined ? undefined : readConfig(text);
      if (written === undefined) return [];
      const running = pods.map(({ meshConfig }) => meshConfig);
      return [
        ...meshIDProblems(mesh, state, name, written),
        ...droppedProblems(cluster.name, name, written, running),
        ...selectorProblems(state, name, written),
      ];
    });
}

/** The mesh ID, which proxies report to each other. */
function meshIDProblems(
  mesh: Mesh,
  { cluster }: ClusterState,
  name: string,
  written: Settings,
): LiveProblem[] {
  const { meshId = mesh.meshID } = (written.defaultConfig ?? {}) as { readonly meshId?: unknown };
  if (meshId === mesh.meshID) return [];
  const message = `ConfigMap ${istioSystem}/${name} of ${cluster.name} has the mesh ID ${meshId}, but mesh.yaml has ${mesh.meshID}.`;
  const hint = `Apply the control plane of ${cluster.name}, then restart its gateways and workloads.`;
  return [problemOf(cluster.name, 'LIVE-MESH-CONFIG', lasting(message, hint))];
}

/** istiod runs on its defaults if a single value of the ConfigMap is not valid, and only logs it. */
function droppedProblems(
  cluster: string,
  name: string,
  written: Settings,
  running: readonly Settings[],
): LiveProblem[] {
  const ignored = Object.entries(written).filter(
    ([key, value]) => isComparable(value) && running.some((settings) => settings[key] !== value),
  );
  if (running.length === 0 || ignored.length === 0) return [];
  const keys = ignored.map(([key, value]) => `${key}: ${value}`).join(', ');
  const message = `istiod of ${cluster} does not use ConfigMap ${istioSystem}/${name}: it runs without ${keys}.`;
  const hint = `In ${cluster}, run kubectl -n ${istioSystem} logs deployment/${name.replace('istio', 'istiod')} and look for the value that is not valid: istiod ignores the whole ConfigMap for one.`;
  return [problemOf(cluster, 'LIVE-MESH-CONFIG', passing(message, hint))];
}

/** istiod prints durations in another form, and leaves out empty values. */
function isComparable(value: unknown): boolean {
  return (
    value === true || (typeof value === 'string' && value !== '' && !/^[\d.]+(ns|us|µs|ms|s|m|h)/.test(value))
  );
}

/** Namespaces that istiod does not see, because the discovery selectors leave them out. */
function selectorProblems(state: ClusterState, name: string, written: Settings): LiveProblem[] {
  const { cluster, namespaces, proxies } = state;
  const selectors = (written.discoverySelectors ?? []) as readonly V1LabelSelector[];
  if (selectors.length === 0) return [];
  // Where HelloWorld is concerned, its own check says so.
  const needed = new Set(proxies.map(({ namespace }) => namespace));
  needed.delete(helloWorld.namespace);
  const excluded = namespaces
    .filter(({ metadata }) => needed.has(metadata?.name ?? ''))
    .filter(({ metadata }) => !selectors.some((selector) => matchesLabels(selector, metadata?.labels ?? {})))
    .map(({ metadata }) => metadata?.name ?? '');
  if (excluded.length === 0) return [];
  const message = `The discoverySelectors in ConfigMap ${istioSystem}/${name} of ${cluster.name} do not select namespace ${excluded.join(', ')}, so no proxy knows its Services.`;
  const hint = `Label the namespace for one of the selectors, or change istio.values.meshConfig.discoverySelectors in mesh.yaml.`;
  return [problemOf(cluster.name, 'LIVE-MESH-CONFIG', lasting(message, hint))];
}

/** Proxies that were injected for another cluster or network than the mesh definition has. */
export function proxyIdentityProblems({ cluster, istiods, proxies }: ClusterState): LiveProblem[] {
  const { name, network } = cluster;
  const report = (code: 'LIVE-NETWORK' | 'LIVE-CLUSTER-ID', found: readonly ProxyPod[], what: string) => {
    const message = `Proxies of ${name} were injected with another ${what}: ${workloadNames(found)}.`;
    return found.length === 0 ? [] : [problemOf(name, code, lasting(message, restartHint(name, found)))];
  };
  const connections = istiods.flatMap(({ pods }) => pods).flatMap(({ connected }) => connected);
  const foreign = connections.filter(({ clusterID }) => clusterID !== '' && clusterID !== name);
  return [
    ...report(
      'LIVE-NETWORK',
      proxies.filter((proxy) => proxy.network !== undefined && proxy.network !== network),
      `network than ${network}`,
    ),
    ...report(
      'LIVE-CLUSTER-ID',
      proxies.filter(({ pod, namespace }) => foreign.some(({ id }) => id === `${pod}.${namespace}`)),
      `cluster ID than ${name}`,
    ),
  ];
}
