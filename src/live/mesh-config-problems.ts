import { helloWorld, istioSystem, withRevision } from '../mesh/istio-names';
import { type Cluster, findCluster, type Mesh } from '../mesh/mesh';
import { networkGatewayOf } from '../mesh/network-gateway';
import { defaultTrustDomain, foreignTrustDomains } from '../mesh/trust-domains';
import { joined } from '../problems/sentence';
import type { ClusterState } from './cluster-state';
import { helloWorldHost } from './hello-world-host';
import { matchesLabels } from './label-selector';
import { type LiveProblem, lasting, passing, problemOf, type UnlocatedProblem } from './live-problem';
import { type MeshConfig, readMeshConfig } from './mesh-config';
import { ownValue } from './own-value';
import { isSubset } from './visibility';

/** The ConfigMap of one istiod. */
interface Source {
  readonly mesh: Mesh;
  readonly state: ClusterState;
  /** The ConfigMap, as messages name it. */
  readonly where: string;
  /** The name of the Deployment of istiod. */
  readonly istiod: string;
}

/** Whether each istiod runs with the mesh configuration that the mesh definition has. */
export function meshConfigProblems(mesh: Mesh, state: ClusterState): LiveProblem[] {
  const { cluster, configMaps, istiods } = state;
  const revisions = [cluster.istio.revision, cluster.istio.canary?.revision];
  return istiods
    .filter(({ revision }) => revisions.includes(revision))
    .flatMap(({ revision, pods }) => {
      const name = withRevision('istio', revision);
      const where = `ConfigMap ${istioSystem}/${name} of ${cluster.name}`;
      const source = { mesh, state, where, istiod: withRevision('istiod', revision) };
      const text = configMaps.find(({ metadata }) => metadata?.name === name)?.data?.mesh;
      const running = pods.map(({ meshConfig }) => meshConfig);
      return textProblems(source, text, running).map((problem) =>
        problemOf(cluster.name, 'LIVE-MESH-CONFIG', problem),
      );
    });
}

function textProblems(
  source: Source,
  text: string | undefined,
  running: readonly MeshConfig[],
): UnlocatedProblem[] {
  const { where, state } = source;
  const apply = `Apply the control plane of ${state.cluster.name}, which contains it.`;
  if (text === undefined) {
    return [lasting(`${where} has no mesh configuration, so istiod runs with Istio's defaults.`, apply)];
  }
  const written = readMeshConfig(text);
  if (written === undefined) {
    return [lasting(`${where} is not valid YAML, so istiod ignores it.`, apply)];
  }
  const found = [
    ...identityProblems(source, written),
    ...aliasProblems(source, written),
    ...selectorProblems(source, written),
    ...visibilityProblems(source, written),
  ];
  // What is wrong in the ConfigMap can also be why istiod does not use it.
  return found.length > 0 ? found : droppedProblems(source, written, running);
}

/** The cluster as the mesh definition has it. */
function clusterOf(mesh: Mesh, { cluster }: ClusterState): Cluster {
  return findCluster(mesh, cluster.name) ?? cluster;
}

/** Proxies verify the trust domain of each other, and report the mesh ID. */
function identityProblems({ mesh, state, where }: Source, written: MeshConfig): UnlocatedProblem[] {
  const { trustDomain = defaultTrustDomain, defaultConfig } = written;
  const { meshId = mesh.meshID } = defaultConfig ?? {};
  const different = [
    { what: 'the trust domain', found: trustDomain, expected: clusterOf(mesh, state).trustDomain },
    { what: 'the mesh ID', found: meshId, expected: mesh.meshID },
  ].filter(({ found, expected }) => found !== expected);
  if (different.length === 0) return [];
  const found = joined(different.map((each) => `${each.what} ${each.found}`));
  const expected = joined(different.map((each) => each.expected));
  const { name } = state.cluster;
  const hint = `Apply the control plane of ${name}, then restart istiod, the gateways and the workloads of ${name}.`;
  return [lasting(`${where} has ${found}, but mesh.yaml has ${expected}.`, hint)];
}

/** Trust domains of other clusters whose workloads would be refused. */
function aliasProblems({ mesh, state, where }: Source, written: MeshConfig): UnlocatedProblem[] {
  const { trustDomainAliases: aliases } = written;
  const missing = foreignTrustDomains(mesh, clusterOf(mesh, state)).filter(
    (domain) => aliases?.includes(domain) !== true,
  );
  if (missing.length === 0) return [];
  const what = missing.length > 1 ? 'trust domains' : 'trust domain';
  return [
    lasting(
      `The trustDomainAliases in ${where} do not have the ${what} ${joined(missing)} of other clusters, so that proxies refuse connections with their workloads.`,
      `Apply the control plane of ${state.cluster.name}.`,
    ),
  ];
}

/** Namespaces that istiod does not see, because the discovery selectors leave them out. */
function selectorProblems({ mesh, state, where }: Source, written: MeshConfig): UnlocatedProblem[] {
  const selectors = written.discoverySelectors ?? [];
  if (selectors.length === 0) return [];
  const needed = new Set(state.proxies.map(({ namespace }) => namespace));
  if (isCalled(mesh)) needed.add(helloWorld.namespace);
  const excluded = state.namespaces
    .filter(({ metadata }) => needed.has(metadata?.name ?? ''))
    .filter(({ metadata }) => !selectors.some((selector) => matchesLabels(selector, metadata?.labels ?? {})))
    .map(({ metadata }) => metadata?.name ?? '');
  if (excluded.length === 0) return [];
  const what = excluded.length > 1 ? 'namespaces' : 'namespace';
  return [
    lasting(
      `The discoverySelectors in ${where} do not select ${what} ${joined(excluded)}, so istiod ignores the Services there.`,
      `Give ${excluded.length > 1 ? 'each' : 'the'} namespace a label that a selector matches, or add a selector to meshConfig.discoverySelectors in mesh.yaml.`,
    ),
  ];
}

/** Settings that keep HelloWorld from other clusters. */
function visibilityProblems({ mesh, state, where }: Source, written: MeshConfig): UnlocatedProblem[] {
  const { cluster } = state;
  if (!isCalled(mesh)) return [];
  const exported = written.defaultServiceExportTo ?? ['*'];
  const gateway = networkGatewayOf(cluster);
  const isHidden =
    gateway !== undefined &&
    exported.length > 0 &&
    !exported.some((namespace) => namespace === '*' || namespace === gateway.namespace);
  const local = cluster.peers.length > 0 ? clusterLocalHost(cluster, written) : undefined;
  return [
    ...(isHidden
      ? [
          lasting(
            `defaultServiceExportTo in ${where} hides Services from the east-west gateway: it has ${exported.join(', ')}.`,
            `Add ${gateway.namespace} to meshConfig.defaultServiceExportTo in mesh.yaml, then synthesize and apply.`,
          ),
        ]
      : []),
    ...(local === undefined
      ? []
      : [
          lasting(
            `serviceSettings in ${where} make ${local} clusterLocal, so HelloWorld of other clusters is not called from ${cluster.name}.`,
            'Remove HelloWorld from these hosts in meshConfig.serviceSettings of mesh.yaml, then synthesize and apply.',
          ),
        ]),
  ];
}

/** The host that makes HelloWorld local: the most specific one decides. */
function clusterLocalHost(cluster: Cluster, { serviceSettings = [] }: MeshConfig): string | undefined {
  const host = helloWorldHost(cluster);
  const [decisive] = serviceSettings
    .flatMap(({ hosts = [], settings }) => hosts.map((pattern) => ({ pattern, settings })))
    .filter(({ pattern }) => isSubset(host, pattern))
    .sort((a, b) => b.pattern.length - a.pattern.length);
  return decisive?.settings?.clusterLocal === true ? decisive.pattern : undefined;
}

function isCalled({ verification }: Mesh): boolean {
  return verification.helloWorld === 'enabled';
}

/** istiod runs on its defaults if a single value of the ConfigMap is not valid, and only logs it. */
function droppedProblems(
  { state, where, istiod }: Source,
  written: MeshConfig,
  running: readonly MeshConfig[],
): UnlocatedProblem[] {
  const { name } = state.cluster;
  const ignored = Object.entries(written).filter(
    ([key, value]) => isComparable(value) && running.some((settings) => ownValue(settings, key) !== value),
  );
  if (ignored.length === 0) return [];
  const keys = ignored.map(([key, value]) => `${key}: ${value}`).join(', ');
  return [
    passing(
      `istiod of ${name} does not use ${where}: it runs without ${keys}.`,
      `In ${name}, run kubectl -n ${istioSystem} logs deployment/${istiod} and look for the value that is not valid: istiod ignores the whole ConfigMap for one.`,
    ),
  ];
}

/** istiod prints durations in another form, and leaves out empty values. */
function isComparable(value: unknown): boolean {
  return (
    value === true || (typeof value === 'string' && value !== '' && !/^[\d.]+(ns|us|µs|ms|s|m|h)/.test(value))
  );
}
