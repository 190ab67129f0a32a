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
    entry: /^(01|04)-/,
    object: /^Deployment \S+\/istio-ingressgateway(-1-14-6)?$/,
    path: /\.(imagePullPolicy|env)$/,
    reason: 'The values and the trust domain of the control plane apply to all gateways of the cluster.',
  },
  {
    entry: /^04-/,
    object: /^Deployment \S+\/istio-eastwestgateway$/,
    path: /\.env\.\d\.(name|value)$/,
    reason:
      'Its values would apply to the ingress gateway, too, so that it becomes eastWestGateway, whose own variable comes first.',
  },
  {
    entry: /^26-/,
    path: /\.annotations\.build$/,
    reason: 'Kubernetes refuses a number, which istioctl writes.',
  },
  {
    entry: /^18-/,
    object: /^Service \S+\/cluster-local-gateway$/,
    path: /\.targetPort$/,
    reason: 'istioctl writes 0 for no targetPort, and Kubernetes takes both for the port.',
  },
  {
    entry: /^42-/,
    path: /\.imagePullSecrets\.0$/,
    reason: 'The chart gateway writes the names of Secrets as they are, and Kubernetes requires maps.',
  },
  {
    entry: /^(44|52)-/,
    object: /^(DaemonSet|ServiceAccount) \S+\/(istio-cni|istio-cni-node|istio-reader-service-account)$/,
    path: /(\.args|imagePullSecrets)$/,
    reason: 'The global values of the control plane apply to the node agent and the reader account, too.',
  },
  {
    entry: /^(04|33)-/,
    path: /^data\.mesh\.trustDomainAliases/,
    reason: 'The clusters of a mesh trust the trust domains of each other.',
  },
];

/** What a mesh has, and files may lack: the east-west gateway, the default tag, and a control plane beside gateways. */
function isNew({ parts }: ClusterInput, object: string): boolean {
  return (
    /eastwestgateway|istiod?-revision-tag-default|istiod-default-validator/.test(object) ||
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

const ofIstioctl = corpus.filter((entry) => !clustersOf(entry).every(isHelm));
const ofHelm = corpus.filter((entry) => clustersOf(entry).every(isHelm));

describe.each(istioctls)('a configuration, compared with %s', (istioctl) => {
  const version = versionOf(istioctl);

  test.concurrent.each(ofIstioctl)('is moved by init: $name', async (entry) => {
    const { mesh } = meshOf(entry, version);
    const found = await Promise.all(
      clustersOf(entry).map(async (input) => {
        const ours = written(mesh, input.name);
        const theirs = await renderedByIstioctl(istioctl, input, mesh);
        // With proxy_init: null, istiod cannot inject pods with the values that istioctl writes.
        const { revision = 'default' } = mesh.clusters.find(({ name }) => name === input.name)?.istio ?? {};
        const pods =
          changesPods(input) && !/^26-/.test(entry.name)
            ? await compareInjection(istioctl, unrevised(ours, revision), unrevised(theirs, revision))
            : [];
        return [...unwanted({ entry: entry.name, input, ours, theirs }), ...pods];
      }),
    );
    expect(found.flat()).toEqual([]);
  });

  // What istioctl merges from several files is no text to paste.
  const asOneFile = ofIstioctl.filter(({ name }) => !/^38-/.test(name));

  test.concurrent.each(asOneFile)('is taken as pasted: $name', async (entry) => {
    const { mesh } = meshOf(entry, version);
    const found = await Promise.all(
      clustersOf(entry).map(async (input) => {
        const definition = pasted(input, mesh, version);
        if (definition === undefined) return ['Nothing was pasted.'];
        const parts = input.parts.filter(({ content }) => content.profile !== 'empty');
        const controlPlane = { ...input, parts: parts.length === 0 ? input.parts : parts };
        const ours = written(defineMesh(definition as never), input.name);
        const theirs = await renderedByIstioctl(istioctl, controlPlane, mesh);
        return unwanted({ entry: entry.name, input: controlPlane, ours, theirs });
      }),
    );
    expect(found.flat()).toEqual([]);
  });
});

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

    // The schema of the chart gateway refuses updateStrategy.
    const accepted = ofHelm.filter(({ name }) => !/^16-/.test(name));

    test.concurrent.each(accepted)('are taken as pasted: $name', async (entry) => {
      const { mesh } = meshOf(entry, version);
      const found = await Promise.all(
        clustersOf(entry).map(async (input) => {
          const ours = written(defineMesh(pasted(input, mesh, version) as never), input.name);
          const theirs = await renderedByHelm(version, input, mesh);
          return unwanted({ entry: entry.name, input, ours, theirs });
        }),
      );
      expect(found.flat()).toEqual([]);
    });
  },
);

test('the corpus has the configurations of at least 30 users', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(30);
});
