import { type HelmValues, isMap } from '../../mesh/helm-values';
import { type DefinitionPath, MeshError, type Problem, valueAt } from '../../problems/problem';
import { chartOfValues, valuesOfDependencies } from './chart-of-values';
import { type InputDocument, parseDocuments } from './input-document';
import { type Chart, charts, type Part } from './part';

/** The configurations of Istio in documents, and what is none. */
export interface Recognized {
  readonly parts: readonly Part[];
  /** What was not read, as sentences for comments. */
  readonly notes: readonly string[];
}

/**
 * Finds the configurations of Istio in documents: IstioOperators, releases of Istio's charts in the words of Argo CD,
 * Flux and K3s, resources of the Sail operator, and values of the charts.
 *
 * @throws MeshError if a document is neither a Kubernetes object nor values of one of Istio's charts
 */
export function recognize(documents: readonly InputDocument[]): Recognized {
  const found = documents.flatMap((document) => inDocument(document, []));
  MeshError.throwIfAny(found.flatMap((each) => ('problem' in each ? [each.problem] : [])));
  return {
    parts: found.flatMap((each) => ('part' in each ? [each.part] : [])),
    notes: found.flatMap((each) => ('note' in each ? [each.note] : [])),
  };
}

type Found = { readonly part: Part } | { readonly note: string } | { readonly problem: Problem };

function inDocument(document: InputDocument, path: DefinitionPath): Found[] {
  const object = valueAt(document.content, path);
  if (!isMap(object)) return [unknown(document, path)];
  const { kind, items } = object;
  if (typeof kind !== 'string' || object.apiVersion === undefined) return ofValues(document, path, object);
  if (kind === 'List' && Array.isArray(items)) {
    return items.flatMap((_, index) => inDocument(document, [...path, 'items', index]));
  }
  const find = kindsOfConfiguration[kind];
  return find === undefined ? [notIstio(document, kind, object.metadata)] : find(document, path, object);
}

type Finder = (document: InputDocument, path: DefinitionPath, object: HelmValues) => Found[];

const kindsOfConfiguration: Readonly<Record<string, Finder>> = {
  IstioOperator: (document, path, { spec }) => [
    { part: partOf(document, 'operator', [...path, 'spec'], isMap(spec) ? spec : {}) },
  ],
  HelmRelease: fluxRelease,
  HelmChart: k3sChart,
  Application: argoApplication,
  // The resources of the Sail operator.
  Istio: (document, path, { spec }) => sail('istiod', document, path, spec),
  IstioCNI: (document, path, { spec }) => sail('cni', document, path, spec),
};

function sail(chart: Chart, document: InputDocument, path: DefinitionPath, spec: unknown): Found[] {
  const { values, version } = isMap(spec) ? spec : {};
  const release = {
    version: text(version)?.replace(/^v/, ''),
    namespace: text(valueAt(spec, ['namespace'])),
  };
  return [
    { part: partOf(document, chart, [...path, 'spec', 'values'], isMap(values) ? values : {}, release) },
  ];
}

function fluxRelease(document: InputDocument, path: DefinitionPath, { metadata, spec }: HelmValues): Found[] {
  const chart = valueAt(spec, ['chart', 'spec', 'chart']) ?? valueAt(spec, ['chartRef', 'name']);
  const values = valueAt(spec, ['values']);
  const release = {
    release: text(valueAt(spec, ['releaseName'])) ?? text(valueAt(metadata, ['name'])),
    namespace: text(valueAt(spec, ['targetNamespace'])) ?? text(valueAt(metadata, ['namespace'])),
    version: text(valueAt(spec, ['chart', 'spec', 'version'])),
  };
  const part = ofChart(document, chart, [...path, 'spec', 'values'], isMap(values) ? values : {}, release);
  return part ?? [notIstio(document, 'HelmRelease', metadata)];
}

function k3sChart(document: InputDocument, path: DefinitionPath, { metadata, spec }: HelmValues): Found[] {
  const release = {
    release: text(valueAt(metadata, ['name'])),
    namespace: text(valueAt(spec, ['targetNamespace'])),
    version: text(valueAt(spec, ['version'])),
  };
  const valuesPath = [...path, 'spec', 'valuesContent'];
  const values = parsed(document, valuesPath);
  const part = ofChart(document, valueAt(spec, ['chart']), valuesPath, values, release);
  return part ?? [notIstio(document, 'HelmChart', metadata)];
}

function argoApplication(document: InputDocument, path: DefinitionPath, object: HelmValues): Found[] {
  const { metadata, spec } = object;
  const sources = valueAt(spec, ['sources']);
  const paths: DefinitionPath[] = Array.isArray(sources)
    ? sources.map((_, index) => ['spec', 'sources', index])
    : [['spec', 'source']];
  const found = paths.flatMap((source) => {
    const at = (...keys: string[]): unknown => valueAt(object, [...source, ...keys]);
    const inText = at('helm', 'valuesObject') === undefined;
    const valuesPath = [...path, ...source, 'helm', inText ? 'values' : 'valuesObject'];
    const values = inText ? parsed(document, valuesPath) : at('helm', 'valuesObject');
    const release = {
      release: text(at('helm', 'releaseName')) ?? text(valueAt(metadata, ['name'])),
      namespace: text(valueAt(spec, ['destination', 'namespace'])),
      version: text(at('targetRevision')),
    };
    const part = ofChart(document, at('chart'), valuesPath, isMap(values) ? values : {}, release) ?? [];
    return part.length === 0 ? [] : [...part, ...elsewhere(document, metadata, at)];
  });
  return found.length > 0 ? found : [notIstio(document, 'Application', metadata)];
}

/** Values that an Application has in other places. */
function elsewhere({ file }: InputDocument, metadata: unknown, at: (...keys: string[]) => unknown): Found[] {
  return ['valueFiles', 'parameters', 'fileParameters']
    .filter((key) => at('helm', key) !== undefined)
    .map((key) => ({
      note: `${file}: helm.${key} of Application ${text(valueAt(metadata, ['name'])) ?? ''} was not read. Name their files with --from.`,
    }));
}

function notIstio({ file }: InputDocument, kind: string, metadata: unknown): Found {
  const name = text(valueAt(metadata, ['name']));
  return { note: `${file}: ${[kind, name ?? []].flat().join(' ')} does not configure Istio.` };
}

/** The part with the values of a chart; undefined for a chart that is not Istio's. */
function ofChart(
  document: InputDocument,
  chart: unknown,
  path: DefinitionPath,
  values: HelmValues,
  release: Pick<Part, 'release' | 'namespace' | 'version'>,
): Found[] | undefined {
  const name = charts.find(
    (each) =>
      text(chart)
        ?.split('/')
        .at(-1)
        ?.replace(/^istio-/, '') === each,
  );
  return name === undefined ? undefined : [{ part: partOf(document, name, path, values, release) }];
}

function ofValues(document: InputDocument, path: DefinitionPath, values: HelmValues): Found[] {
  const dependencies = valuesOfDependencies(values);
  if (dependencies.length > 0) {
    return dependencies.map(([key, chart, content]) => ({
      part: partOf(document, chart, [...path, key], content),
    }));
  }
  const chart = chartOfValues(values);
  return chart === undefined ? [unknown(document, path)] : [{ part: partOf(document, chart, path, values) }];
}

function partOf(
  { source, file, cluster }: InputDocument,
  kind: Part['kind'],
  path: DefinitionPath,
  content: HelmValues,
  release: Pick<Part, 'release' | 'namespace' | 'version'> = {},
): Part {
  const locate: Part['locate'] = (inner, at) => source.locate({ path: [...path, ...inner], at });
  return { kind, content, file, cluster, locate, ...release };
}

/**
 * Values that are a text within an object.
 *
 * @throws MeshError if the text is not YAML
 */
function parsed({ content, source, file }: InputDocument, path: DefinitionPath): HelmValues {
  const values = valueAt(content, path);
  if (typeof values !== 'string') return {};
  try {
    const [document] = parseDocuments(values, { file });
    return isMap(document?.content) ? document.content : {};
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    throw new MeshError(
      // Lines of the text are not lines of the file.
      error.problems.map(({ frame: _, ...problem }) => ({ ...problem, location: source.locate({ path }) })),
    );
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function unknown({ source }: InputDocument, path: DefinitionPath): Found {
  return {
    problem: {
      code: 'INIT-CONTENT',
      location: source.locate({ path }),
      message: 'This is not a configuration of Istio that istio-mesh knows.',
      hint: 'Name files with an IstioOperator, or with values of the charts istiod, base, gateway or cni.',
    },
  };
}
