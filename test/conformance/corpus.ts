import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { ApiObject, App } from 'cdk8s';
import { run } from '../../scripts/compare/istioctl.mjs';
import { parseObjectsWithoutCrds } from '../../scripts/compare/objects.mjs';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { type ClusterInput, clusterInputs } from '../../src/init/existing/cluster-inputs';
import { existingMesh } from '../../src/init/existing/existing-mesh';
import { existingMeshText } from '../../src/init/existing/existing-mesh-text';
import { parseDocuments } from '../../src/init/existing/input-document';
import type { ExistingMesh } from '../../src/init/existing/merged-definition';
import type { Part } from '../../src/init/existing/part';
import { recognize } from '../../src/init/existing/recognize';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { currentSettings } from '../../src/mesh/components/current-settings';
import { type HelmValues, isMap, mergeValues } from '../../src/mesh/helm-values';
import { eastWestGatewayName } from '../../src/mesh/istio-names';
import type { Cluster, Mesh } from '../../src/mesh/mesh';
import { parseMesh } from '../../src/mesh/mesh-file';
import { valueAt } from '../../src/problems/problem';

const folder = join(__dirname, '../corpus');

/** The configurations of one user. */
export interface Entry {
  readonly name: string;
  readonly files: readonly string[];
}

/** The configurations that people run. */
export const corpus: readonly Entry[] = readdirSync(folder)
  .sort()
  .map((name) => ({ name, files: filesIn(join(folder, name)) }));

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

/** For clusters that do not name themselves or their network. */
const networks = { '': 'network1' };
const unnamed = 'cluster1';

/** What people must correct first: init refuses it. */
const corrections: readonly (readonly [file: RegExp, written: string, correct: string])[] = [
  // Helm's templates take the text "false" for true.
  [/\/30-[^/]+\/c\d\/istiod\.yaml$/, 'privileged: "false"', 'privileged: false'],
];

function correctedText(file: string): string {
  const text = readFileSync(file, 'utf8');
  const [, written = '', correct = ''] = corrections.find(([each]) => each.test(file)) ?? [];
  return text.replace(written, () => correct);
}

/** The parts of an entry, by cluster. */
export function clustersOf({ files }: Entry): ClusterInput[] {
  const { parts } = recognize(files.flatMap((file) => parseDocuments(correctedText(file), { file })));
  const isNamed = parts.some(({ kind, content }) =>
    valueAt(kind === 'operator' ? content.values : content, ['global', 'multiCluster', 'clusterName']),
  );
  return clusterInputs(isNamed ? parts : parts.map((part) => ({ ...part, cluster: unnamed })), networks);
}

/** The mesh that `istio-mesh init --from` makes of an entry. */
export function meshOf(
  entry: Entry,
  istioVersion: string,
): { existing: ExistingMesh; text: string; mesh: Mesh } {
  const parts = clustersOf(entry).flatMap((cluster) => cluster.parts);
  const existing = existingMesh(parts, { networks, istioVersion });
  const text = existingMeshText(existing, './mesh.schema.json');
  return { existing, text, mesh: parseMesh(text, 'mesh.yaml') };
}

/** The kinds of a cluster that neither istioctl nor the charts render. */
const besides = ['Namespace', 'Gateway', 'CustomResourceDefinition'];

/** The objects that a mesh renders for a cluster. */
export function written(mesh: Mesh, name: string): readonly KubernetesObject[] {
  return new IstioMeshCluster(new App(), name, { mesh }).node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => object.toJson() as KubernetesObject)
    .filter(({ kind }) => !besides.includes(kind));
}

/** Whether the parts of a cluster are releases of Istio's charts. */
export function isHelm({ parts }: ClusterInput): boolean {
  return parts.every(({ kind }) => kind !== 'operator');
}

/** The objects that an istioctl renders for the IstioOperators of a cluster, as they are. */
export async function renderedByIstioctl(
  istioctl: string,
  input: ClusterInput,
  mesh: Mesh,
): Promise<readonly KubernetesObject[]> {
  const cluster = mesh.clusters.find(({ name }) => name === input.name) as Cluster;
  const rendered = await Promise.all(
    input.parts.map(async (part) => {
      const operator = {
        apiVersion: 'install.istio.io/v1alpha1',
        kind: 'IstioOperator',
        spec: operatorSpec(part, cluster, mesh),
      };
      return parseObjectsWithoutCrds(
        // By force: files of older versions have settings that istioctl refuses today.
        await run(istioctl, ['manifest', 'generate', '--force', '-f', '-'], JSON.stringify(operator)),
      ) as KubernetesObject[];
    }),
  );
  return rendered.flat();
}

/** The spec of a user, with the version and the identity that the mesh definition adds. */
function operatorSpec({ content }: Part, cluster: Cluster, mesh: Mesh): HelmValues {
  const { istio, name, network } = cluster;
  const isGateway = content.profile === 'empty';
  const identity = { global: { meshID: mesh.meshID, network, multiCluster: { clusterName: name } } };
  const tags = { revisionTags: ['default'], defaultRevision: istio.revision };
  return {
    ...content,
    hub: istio.hub,
    tag: istio.tag,
    ...(isMap(content.components) ? { components: currentComponents(content.components) } : {}),
    values: mergeValues(
      isMap(content.values) ? content.values : {},
      identity,
      isGateway
        ? {}
        : { ...tags, ...betweenNetworks(cluster), meshConfig: { trustDomain: trustDomainOf(cluster, mesh) } },
    ),
  };
}

/** What ambient mode needs for other networks. */
function betweenNetworks({ dataPlane }: Cluster): HelmValues {
  if (dataPlane === 'sidecar') return {};
  const names = [
    'AMBIENT_ENABLE_MULTI_NETWORK',
    'AMBIENT_ENABLE_MULTI_NETWORK_INGRESS',
    'AMBIENT_ENABLE_BAGGAGE',
  ];
  return { pilot: { env: Object.fromEntries(names.map((name) => [name, 'true'])) } };
}

/** The trust domain of a cluster, which may be its own. */
function trustDomainOf(
  cluster: { readonly name: string; readonly trustDomain?: string } | undefined,
  mesh: Mesh,
): string {
  return cluster?.trustDomain ?? mesh.trustDomain;
}

function currentComponents(components: HelmValues): HelmValues {
  const current = (component: unknown) =>
    isMap(component) && isMap(component.k8s)
      ? { ...component, k8s: currentSettings(component.k8s).settings }
      : component;
  return Object.fromEntries(
    Object.entries(components).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(current) : current(value),
    ]),
  ) as HelmValues;
}

/** The folder with Istio's charts beside the program istioctl; undefined if there are none. */
export const charts = (process.env.PATH ?? '')
  .split(delimiter)
  .map((path) => join(path, 'istio-charts'))
  .find((path) => existsSync(path));

/** The objects that Helm renders for the releases of a cluster, with Istio's charts of the version. */
export async function renderedByHelm(
  version: string,
  input: ClusterInput,
  mesh: Mesh,
): Promise<readonly KubernetesObject[]> {
  const cluster = mesh.clusters.find((each) => each.name === input.name) as Cluster;
  // The chart base is part of every installation.
  const base = { ...input.parts[0], kind: 'base', content: {} } as Part;
  const parts = byRelease(
    input.parts.some(({ kind }) => kind === 'base') ? input.parts : [base, ...input.parts],
  );
  const rendered = await Promise.all(
    parts.map(async (part) => {
      const { kind, content, file, release, namespace = 'istio-system' } = part;
      const name = typeof content.name === 'string' ? content.name : (release ?? basename(file, '.yaml'));
      const identity = {
        global: { meshID: mesh.meshID, network: input.network, multiCluster: { clusterName: input.name } },
      };
      const additions: Partial<Record<Part['kind'], HelmValues>> = {
        istiod: { ...identity, ...betweenNetworks(cluster) },
        base: { defaultRevision: cluster.istio.revision },
      };
      const values = mergeValues(ofPlatform(content), additions[kind] ?? {});
      const chart = join(charts ?? '', `${kind}-${version}.tgz`);
      const output = await run(
        'helm',
        // Files of older versions have values that the schema of the chart no longer has.
        ['template', name, chart, '--namespace', namespace, '--values', '-', '--skip-schema-validation'],
        JSON.stringify(values),
      );
      return (parseObjectsWithoutCrds(output) as KubernetesObject[]).map((object) =>
        inNamespace(object, namespace),
      );
    }),
  );
  return rendered.flat();
}

/** The charts have no profile for OpenShift: the Sail operator sets the platform. */
function ofPlatform({ profile, ...values }: HelmValues): HelmValues {
  if (profile === 'openshift') return mergeValues(values, { global: { platform: 'openshift' } });
  return profile === undefined ? values : { ...values, profile };
}

/** The values of each release, which can come from several places. */
function byRelease(parts: readonly Part[]): Part[] {
  const releases = new Map<string, Part>();
  for (const part of parts) {
    const key = part.kind === 'gateway' ? `gateway ${part.release ?? part.file}` : part.kind;
    const known = releases.get(key);
    releases.set(key, { ...part, content: mergeValues(known?.content ?? {}, part.content) });
  }
  return [...releases.values()];
}

const clusterScoped =
  /^(ClusterRole|ClusterRoleBinding|\w+WebhookConfiguration|ValidatingAdmissionPolicy\w*)$/;

/** Helm gives objects without a namespace that of the release. */
function inNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  if (clusterScoped.test(object.kind) || object.metadata.namespace !== undefined) return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** The configuration of a cluster, pasted into a mesh definition; undefined if several files are merged. */
export function pasted(input: ClusterInput, mesh: Mesh, version: string): HelmValues | undefined {
  const operators = input.parts.filter(({ kind }) => kind === 'operator');
  const controlPlanes = operators.filter(({ content }) => content.profile !== 'empty');
  const [part, ...others] = controlPlanes.length === 0 ? operators : controlPlanes;
  if (others.length > 0) return undefined;
  const cluster = mesh.clusters.find(({ name }) => name === input.name);
  const { istio, ofCluster } =
    part === undefined ? pastedCharts(input.parts) : pastedOperator(part, cluster?.istio.tag);
  return {
    meshID: mesh.meshID,
    trustDomain: trustDomainOf(cluster, mesh),
    // It takes the place of the profile ambient.
    dataPlane: cluster?.dataPlane,
    istio: { version, ...istio },
    clusters: [{ name: input.name, network: input.network, ...ofCluster }],
  } as HelmValues;
}

interface Pasted {
  readonly istio: HelmValues;
  readonly ofCluster: HelmValues;
}

function pastedOperator({ content }: Part, currentTag: string | undefined): Pasted {
  const { values = {}, meshConfig, components, profile, revision, hub, tag } = content;
  const own = isMap(values) ? values : {};
  const hasEastWest = JSON.stringify(components ?? {}).includes(eastWestGatewayName);
  return {
    istio: {
      values: isMap(meshConfig) ? mergeValues(own, { meshConfig }) : own,
      ...(components === undefined ? {} : { components }),
      // Every cluster of a mesh has an istiod.
      ...(profile === undefined || profile === 'ambient'
        ? {}
        : { profile: profile === 'empty' ? 'minimal' : profile }),
      ...(hub === undefined ? {} : { hub }),
      // That of the file is of its version.
      ...(tag === undefined ? {} : { tag: currentTag }),
      ...(revision === undefined || revision === '' ? {} : { revision }),
    },
    ofCluster: hasEastWest ? { eastWestGateway: 'disabled' } : {},
  };
}

/** The values of each chart at the place of the chart. What is the user's to write is the key of each gateway. */
function pastedCharts(parts: readonly Part[]): Pasted {
  const of = (...kinds: readonly Part['kind'][]) =>
    byRelease(parts.filter(({ kind }) => kinds.includes(kind))).map((part) => ({
      ...part,
      content: ofPlatform(part.content),
    }));
  const {
    revision,
    profile: _,
    defaultRevision: _default,
    ...values
  } = mergeValues(...of('base', 'istiod').map(({ content }) => content));
  const [agent] = of('cni');
  const { cni, global = {}, profile: _ofAgent, ...flat } = agent?.content ?? {};
  const [proxy] = of('ztunnel');
  const { global: ofProxy = {}, profile: _ofProxy, ...ztunnel } = proxy?.content ?? {};
  const gateways = of('gateway').map(({ content, release, file, namespace }) => [
    typeof content.name === 'string' ? content.name : (release ?? basename(file, '.yaml')),
    { ...(namespace === undefined ? {} : { namespace }), ...content },
  ]);
  return {
    istio: {
      profile: 'minimal',
      ...(revision === undefined || revision === '' ? {} : { revision }),
      values: mergeValues(
        agent === undefined ? {} : { cni: isMap(cni) ? cni : flat, global: global as HelmValues },
        proxy === undefined ? {} : { ztunnel, global: ofProxy as HelmValues },
        values,
      ),
      ...(agent === undefined ? {} : { cni: { namespace: agent.namespace ?? 'istio-system' } }),
    },
    ofCluster: {
      ...(JSON.stringify(gateways).match(/networkGateway|eastwest/) === null
        ? {}
        : { eastWestGateway: 'disabled' }),
      gateways: Object.fromEntries(gateways) as HelmValues,
    },
  };
}
