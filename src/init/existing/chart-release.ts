import { type HelmValues, isMap } from '../../mesh/helm-values';
import { type DefinitionPath, valueAt } from '../../problems/problem';
import { valuesOfDependencies } from './chart-of-values';
import { type Found, parsed, partOf, type Release, text } from './found';
import type { InputDocument } from './input-document';
import type { Inputs } from './inputs';
import { type Chart, charts } from './part';
import { setValue, typedText } from './set-value';

/** Values in a document, as a map or as a text, or in a file. */
export type ValuesSource =
  | { readonly document: InputDocument; readonly path: DefinitionPath }
  | { readonly file: string };

/** A release of a Helm chart, in the words of any tool. */
export interface ChartRelease {
  readonly document: InputDocument;
  /** The object that has the release, as messages call it. */
  readonly object: string;
  /** The name of the chart, which can have that of its repository before it. */
  readonly chart: unknown;
  readonly release: Release;
  /** The values; later ones override earlier ones. */
  readonly sources: readonly ValuesSource[];
  /**
   * Single values, which override all others, and where they are.
   * @default - none
   */
  readonly parameters?: { readonly path: DefinitionPath; readonly items: readonly unknown[] };
}

/** Values of a release, and where they are. */
interface Layer {
  readonly document: InputDocument;
  readonly path: DefinitionPath;
  readonly content: HelmValues;
}

/** The parts with the values of a release; undefined if its chart is not Istio's. */
export function partsOfRelease(inputs: Inputs, chartRelease: ChartRelease): Found[] | undefined {
  const { document, object, chart, release, sources, parameters } = chartRelease;
  const known = chartOfName(chart);
  const found = sources.map((source) => layersOf(inputs, source, { document, object }));
  const layers = found.flatMap((each) => ('note' in each ? [] : each.layers));
  if (parameters !== undefined && parameters.items.length > 0) {
    const content = parameters.items.reduce<HelmValues>(withParameter, {});
    layers.push({ document, path: parameters.path, content });
  }
  const parts =
    known === undefined
      ? layers.flatMap((layer) => partsOfDependencies(layer, release))
      : // A release without values installs the chart, too.
        [...layers, ...(layers.length === 0 ? [{ document, path: [], content: {} }] : [])].map((layer) =>
          partOf(layer.document, known, layer.path, layer.content, release),
        );
  if (parts.length === 0) return undefined;
  return [...parts, ...found.flatMap((each) => ('note' in each ? [each] : []))];
}

/** The chart of Istio that a release names, such as istio/istiod or oci://registry.example.com/charts/istio-cni. */
function chartOfName(chart: unknown): Chart | undefined {
  const name = text(chart)
    ?.split('/')
    .at(-1)
    ?.replace(/^istio-/, '');
  return charts.find((each) => each === name);
}

function layersOf(
  inputs: Inputs,
  source: ValuesSource,
  { document, object }: Pick<ChartRelease, 'document' | 'object'>,
): { readonly layers: readonly Layer[] } | { readonly note: string } {
  if ('path' in source) return { layers: [{ ...source, content: valuesIn(source.document, source.path) }] };
  const files = inputs.valuesFile(source.file);
  if (files.length === 0) {
    return {
      note: `${document.file}: ${object} has values in ${source.file}, which was not read. Name this file with --from, too.`,
    };
  }
  return { layers: files.map((file) => ({ document: file, path: [], content: valuesIn(file, []) })) };
}

function valuesIn(document: InputDocument, path: DefinitionPath): HelmValues {
  const value = valueAt(document.content, path);
  const values = typeof value === 'string' ? parsed(document, path) : value;
  return isMap(values) ? values : {};
}

function withParameter(values: HelmValues, parameter: unknown): HelmValues {
  const name = text(valueAt(parameter, ['name']));
  const value = valueAt(parameter, ['value']);
  if (name === undefined || value === undefined || value === null) return values;
  const isText = valueAt(parameter, ['forceString']) === true;
  return setValue(values, name, isText ? String(value) : typedText(String(value)));
}

/** The parts with the values of each chart of Istio on which a chart depends; none if it depends on none. */
export function partsOfDependencies({ document, path, content }: Layer, release: Release = {}): Found[] {
  return valuesOfDependencies(content).map((dependency) =>
    partOf(document, dependency.chart, [...path, dependency.key], dependency.values, {
      ...release,
      ...(dependency.name === undefined ? {} : { release: dependency.name }),
    }),
  );
}
