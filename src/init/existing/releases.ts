import { type HelmValues, isMap } from '../../mesh/helm-values';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import { partsOfRelease, type ValuesSource } from './chart-release';
import { type Found, named, notIstio, text } from './found';
import type { InputDocument } from './input-document';
import type { Inputs } from './inputs';

/** Where an object is. */
export interface Place {
  readonly inputs: Inputs;
  readonly document: InputDocument;
  readonly path: DefinitionPath;
}

/** Finds the configurations of Istio in an object of one kind. */
export type Finder = (place: Place, object: HelmValues) => Found[];

/** The kinds of objects with releases of Helm charts. */
export const releaseFinders: Readonly<Record<string, Finder>> = {
  Application: (place, object) => argoApplication(place, object, ['spec']),
  ApplicationSet: (place, object) => argoApplication(place, object, ['spec', 'template', 'spec']),
  HelmRelease: fluxRelease,
  HelmChart: k3sChart,
  Kustomization: kustomization,
};

function fluxRelease({ inputs, document, path }: Place, { metadata, spec }: HelmValues): Found[] {
  const at = (...keys: string[]): unknown => valueAt(spec, keys);
  const object = named('HelmRelease', metadata);
  const from = itemsOf(at('valuesFrom')).map((reference) => referredValues(inputs, reference));
  const found = partsOfRelease(inputs, {
    document,
    object,
    chart: at('chart', 'spec', 'chart') ?? at('chartRef', 'name'),
    release: {
      release: text(at('releaseName')) ?? text(valueAt(metadata, ['name'])),
      namespace: text(at('targetNamespace')) ?? text(valueAt(metadata, ['namespace'])),
      version: text(at('chart', 'spec', 'version')),
    },
    sources: [
      ...from.flatMap((source) => (typeof source === 'string' ? [] : [source])),
      { document, path: [...path, 'spec', 'values'] },
    ],
  });
  if (found === undefined) return [notIstio(document, 'HelmRelease', metadata)];
  const missing = from.flatMap((source) => (typeof source === 'string' ? [source] : []));
  const notes = missing.map(
    (name) => `has values in ${name}, which was not read. Name its file with --from, too.`,
  );
  if (at('postRenderers') !== undefined) {
    notes.push('changes objects with spec.postRenderers, which was not read. Write the changes as patches.');
  }
  return [...found, ...notes.map((note) => ({ note: `${document.file}: ${object} ${note}` }))];
}

/** The values to which a release refers, or the name of the object that no input has. */
function referredValues(inputs: Inputs, reference: unknown): ValuesSource | string {
  const name = valueAt(reference, ['name']);
  const kind = valueAt(reference, ['kind']);
  const document = kind === 'ConfigMap' ? inputs.configMap(name) : undefined;
  if (document === undefined) return `${kind} ${name}`;
  return { document, path: ['data', text(valueAt(reference, ['valuesKey'])) ?? 'values.yaml'] };
}

function k3sChart({ inputs, document, path }: Place, { metadata, spec }: HelmValues): Found[] {
  const set = valueAt(spec, ['set']);
  const found = partsOfRelease(inputs, {
    document,
    object: named('HelmChart', metadata),
    chart: valueAt(spec, ['chart']),
    release: {
      release: text(valueAt(metadata, ['name'])),
      namespace: text(valueAt(spec, ['targetNamespace'])),
      version: text(valueAt(spec, ['version'])),
    },
    sources: [{ document, path: [...path, 'spec', 'valuesContent'] }],
    parameters: {
      path: [...path, 'spec', 'set'],
      items: Object.entries(isMap(set) ? set : {}).map(([name, value]) => ({ name, value })),
    },
  });
  return found ?? [notIstio(document, 'HelmChart', metadata)];
}

function argoApplication(
  { inputs, document, path }: Place,
  { kind, metadata, ...object }: HelmValues,
  specPath: readonly string[],
): Found[] {
  const spec = valueAt(object, specPath);
  const sources = valueAt(spec, ['sources']);
  const paths: DefinitionPath[] = Array.isArray(sources)
    ? sources.map((_, index) => ['sources', index])
    : [['source']];
  const name = named(String(kind), metadata);
  const found = paths.flatMap((sourcePath) => {
    const at = (...keys: string[]): unknown => valueAt(spec, [...sourcePath, ...keys]);
    const helm = [...path, ...specPath, ...sourcePath, 'helm'];
    const values = at('helm', 'valuesObject') === undefined ? 'values' : 'valuesObject';
    return (
      partsOfRelease(inputs, {
        document,
        object: name,
        chart: at('chart'),
        release: {
          release: text(at('helm', 'releaseName')) ?? text(valueAt(metadata, ['name'])),
          namespace: text(valueAt(spec, ['destination', 'namespace'])),
          version: text(at('targetRevision')),
        },
        sources: [
          ...itemsOf(at('helm', 'valueFiles')).map((file) => ({ file: String(file) })),
          { document, path: [...helm, values] },
        ],
        parameters: { path: [...helm, 'parameters'], items: itemsOf(at('helm', 'parameters')) },
      }) ?? []
    );
  });
  return found.length > 0 ? found : [notIstio(document, String(kind), metadata)];
}

function kustomization(
  { inputs, document, path }: Place,
  { metadata, namespace, helmCharts }: HelmValues,
): Found[] {
  const found = itemsOf(helmCharts).flatMap((chart, index) => {
    const at = (key: string) => text(valueAt(chart, [key]));
    const files = [valueAt(chart, ['valuesFile']), ...itemsOf(valueAt(chart, ['additionalValuesFiles']))];
    return (
      partsOfRelease(inputs, {
        document,
        object: named('Kustomization', metadata),
        chart: at('name'),
        release: {
          release: at('releaseName') ?? at('name'),
          namespace: at('namespace') ?? text(namespace),
          version: at('version'),
        },
        sources: [
          ...files.flatMap((file) => (typeof file === 'string' ? [{ file }] : [])),
          { document, path: [...path, 'helmCharts', index, 'valuesInline'] },
        ],
      }) ?? []
    );
  });
  return found.length > 0 ? found : [notIstio(document, 'Kustomization', metadata)];
}

/** The releases of a helmfile. */
export function helmfile({ inputs, document, path }: Place, { releases }: HelmValues): Found[] {
  return itemsOf(releases).flatMap((release, index) => {
    const at = (key: string) => text(valueAt(release, [key]));
    return (
      partsOfRelease(inputs, {
        document,
        object: `the release ${at('name')}`,
        chart: at('chart'),
        release: { release: at('name'), namespace: at('namespace'), version: at('version') },
        sources: itemsOf(valueAt(release, ['values'])).map((values, position) =>
          typeof values === 'string'
            ? { file: values }
            : { document, path: [...path, 'releases', index, 'values', position] },
        ),
        parameters: {
          path: [...path, 'releases', index, 'set'],
          items: itemsOf(valueAt(release, ['set'])),
        },
      }) ?? []
    );
  });
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
