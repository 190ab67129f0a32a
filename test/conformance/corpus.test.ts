import { describe, expect, test } from 'vitest';
import { allowedDifference } from '../../scripts/compare/allowed-differences.mjs';
import { differences } from '../../scripts/compare/differences.mjs';
import { compareInjection } from '../../scripts/compare/injection.mjs';
import { canonical } from '../../scripts/compare/objects.mjs';
import type { ClusterInput } from '../../src/init/existing/cluster-inputs';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { defineMesh } from '../../src/mesh/define-mesh';
import {
  charts,
  clustersOf,
  corpus,
  isHelm,
  meshOf,
  pasted,
  renderedByHelm,
  renderedByIstioctl,
  written,
} from './corpus';
import { istioctls, versionOf } from './istioctl';

interface Difference {
  readonly object: string;
  readonly path: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** The intended differences beside those of every control plane, each with the entries that have it. */
const intended: readonly (Partial<Record<'entry' | 'object' | 'path', RegExp>> & {
  readonly reason: string;
})[] = [
  {
    object: /^ConfigMap \S+\/(values|istio-sidecar-injector)(-\S+)?$/,
    path: /^data\.(values|merged-values|original-values)\./,
    reason:
      'Values that nothing reads are left out, or written in another form. What the injector reads is compared by pods.',
  },
  {
    entry: /^21-/,
    object: /^Deployment \S+\/istiod$/,
    path: /\.env$/,
    reason: 'istioctl writes the variable PILOT_TRACE_SAMPLING twice, and Kubernetes uses the last one.',
  },
  {
    entry: /^29-/,
    object: /\/istio-eastwestgateway/,
    reason: 'istiod completes the pods of the east-west gateway, which this installation writes as a whole.',
  },
  {
    entry: /^(12|30)-/,
    object: /\/istio-eastwestgateway/,
    reason: 'The objects are those of the IstioOperator in the installation guide, not those of the chart.',
  },
];

/** What a mesh has, and files may lack: the east-west gateway, the default tag, and a control plane beside gateways. */
function isNew({ parts }: ClusterInput, object: string): boolean {
  return (
    /eastwestgateway|istio-revision-tag-default|istiod-default-validator/.test(object) ||
    parts.every(({ kind, content }) => kind === 'operator' && content.profile === 'empty')
  );
}

interface Compared {
  readonly entry: string;
  readonly input: ClusterInput;
  readonly ours: readonly KubernetesObject[];
  readonly theirs: readonly KubernetesObject[];
}

/** The differences between what a mesh renders for a cluster and what its files render, besides the intended ones. */
function unwanted({ entry, input, ours, theirs }: Compared): string[] {
  const known = canonical(theirs);
  const own = Object.entries(canonical(ours)).filter(([object]) => object in known || !isNew(input, object));
  const found: Difference[] = differences(Object.fromEntries(own), known);
  return found
    .filter((difference) => !allowedDifference(difference, 'constructs') && !isIntended(entry, difference))
    .map(
      ({ object, path, ...values }) =>
        `${object} ${path}: ${short(values.ours)} instead of ${short(values.theirs)}`,
    );
}

function isIntended(name: string, { object, path }: Pick<Difference, 'object' | 'path'>): boolean {
  return intended.some(
    (each) =>
      (each.entry?.test(name) ?? true) &&
      (each.object?.test(object) ?? true) &&
      (each.path?.test(path) ?? true),
  );
}

function short(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 200) ?? 'nothing';
}

/** Entries with settings that a mesh definition cannot have yet. */
const notYet: readonly (readonly [entry: RegExp, setting: string])[] = [
  [/^01-/, 'a number in quotes in meshConfig'],
  [/^(02|05|06)-/, 'the CNI node agent'],
  [/^04-/, 'the namespace of the east-west gateway, and a trust domain of each cluster'],
  [/^11-/, 'node ports and labels of the east-west gateway'],
  [/^18-/, 'ports below 1024 of a gateway within the cluster'],
  [/^26-/, 'null and numbers as Helm takes them'],
  [/^33-/, 'a trust domain of each cluster'],
  [/^35-/, 'escaped quotes in the environment of istiod'],
  [/^(12|13|14|15|16|30|34)-/, 'gateways of the chart gateway'],
];

const possible = corpus.filter(({ name }) => !notYet.some(([entry]) => entry.test(name)));
const ofIstioctl = possible.filter((entry) => !clustersOf(entry).every(isHelm));
const ofHelm = possible.filter((entry) => clustersOf(entry).every(isHelm));

describe.each(istioctls)('a configuration, compared with %s', (istioctl) => {
  const version = versionOf(istioctl);

  test.concurrent.each(ofIstioctl)('is moved by init: $name', async (entry) => {
    const { mesh } = meshOf(entry, version);
    const found = await Promise.all(
      clustersOf(entry).map(async (input) => {
        const ours = written(mesh, input.name);
        const theirs = await renderedByIstioctl(istioctl, input, mesh);
        const { revision = 'default' } = mesh.clusters.find(({ name }) => name === input.name)?.istio ?? {};
        const pods = changesPods(input)
          ? await compareInjection(istioctl, unrevised(ours, revision), unrevised(theirs, revision))
          : [];
        return [...unwanted({ entry: entry.name, input, ours, theirs }), ...pods];
      }),
    );
    expect(found.flat()).toEqual([]);
  });

  test.concurrent.each(ofIstioctl.filter(({ name }) => refused(name) === undefined))(
    'is taken as pasted: $name',
    async (entry) => {
      const { mesh } = meshOf(entry, version);
      const found = await Promise.all(
        clustersOf(entry).map(async (input) => {
          const definition = pasted(input, mesh, version);
          if (definition === undefined) return [];
          const controlPlane = {
            ...input,
            parts: input.parts.filter(({ content }) => content.profile !== 'empty'),
          };
          const ours = written(defineMesh(definition as never), input.name);
          const theirs = await renderedByIstioctl(istioctl, controlPlane, mesh);
          return unwanted({ entry: entry.name, input: controlPlane, ours, theirs });
        }),
      );
      expect(found.flat()).toEqual([]);
    },
  );
});

/** Why an entry is not taken as it is pasted. istioctl refuses most of them, too. */
const notPasted: readonly (readonly [entry: RegExp, reason: string])[] = [
  [/^0[13]-/, 'targetAverageUtilization is of autoscaling/v2beta1, which Kubernetes no longer has.'],
  [/^(19|25)-/, 'useMCP is no value of Istio, and addonComponents is no setting.'],
  [/^36-/, 'sidecarInjectorWebhook.objectSelector is no value of Istio.'],
  [/^06-/, 'The profile openshift is global.platform: openshift with the CNI node agent.'],
  [/^(29|33)-/, 'The east-west gateway has a place of its own.'],
];

function refused(name: string): string | undefined {
  return notPasted.find(([entry]) => entry.test(name))?.[1];
}

/** Whether a cluster has a control plane with settings of injected pods. */
function changesPods({ parts }: ClusterInput): boolean {
  return parts.some(({ content }) =>
    /"(proxy|sidecarInjectorWebhook|defaultConfig|cni)":/.test(JSON.stringify(content)),
  );
}

/** The ConfigMaps of a revision under the names of those without one. */
function unrevised(objects: readonly KubernetesObject[], revision: string): readonly KubernetesObject[] {
  const names = ['istio', 'istio-sidecar-injector'];
  return objects.map((object) => {
    const name = names.find((each) => object.metadata.name === `${each}-${revision}`);
    const isRenamed = object.kind === 'ConfigMap' && name !== undefined;
    return isRenamed ? { ...object, metadata: { ...object.metadata, name } } : object;
  });
}

describe.skipIf(charts === undefined || ofHelm.length === 0)(
  "values of Istio's charts, compared with Helm",
  () => {
    const version = '1.31.0';

    test.concurrent.each(ofHelm)('are moved by init: $name', async (entry) => {
      const { mesh } = meshOf(entry, version);
      const found = await Promise.all(
        clustersOf(entry).map(async (input) =>
          unwanted({
            entry: entry.name,
            input,
            ours: written(mesh, input.name),
            theirs: await renderedByHelm(version, input, mesh),
          }),
        ),
      );
      expect(found.flat()).toEqual([]);
    });
  },
);

test('the corpus has the configurations of at least 30 users', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(30);
});
