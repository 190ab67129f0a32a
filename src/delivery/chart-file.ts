import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { RenderedChart } from '../constructs/rendered-chart';
import type { OutputFile } from './output-file';

/** A chart's file, and the identity of each object in it. */
export interface ChartFile extends OutputFile {
  /** Kind, namespace and name of each object, as `Service istio-system/istiod`. */
  readonly objects: readonly string[];
}

/**
 * Serializes one chart. Its place among the constructs is its place in the output: the chart
 * `10-namespace` of cluster1 is cluster1/10-namespace.k8s.yaml.
 */
export function chartFile(chart: Chart, extension: string, textOf: (object: unknown) => string): ChartFile {
  const path = `${chart.node.path}${extension}`;
  if (RenderedChart.isRenderedChart(chart)) {
    const secrecy = /^kind: Secret$/m.test(chart.manifests) ? 'secret' : 'public';
    return { path, content: chart.manifests, secrecy, objects: [] };
  }
  const objects = apiObjects(chart);
  return {
    path,
    content: objects.map((object) => textOf(object.toJson())).join('---\n'),
    secrecy: objects.some(({ kind }) => kind === 'Secret') ? 'secret' : 'public',
    objects: objects.map(identity),
  };
}

/**
 * The objects of one chart, in the order of their dependencies. `Chart.toJson` gives the same, but walks
 * the whole app for each chart, so that its cost grows with the square of the clusters.
 */
function apiObjects(chart: Chart): ApiObject[] {
  return new DependencyGraph(chart.node)
    .topology()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
    .filter((object) => Chart.of(object) === chart);
}

function identity({ apiGroup, kind, metadata, name }: ApiObject): string {
  const type = apiGroup === 'core' ? kind : `${kind}.${apiGroup}`;
  return `${type} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${name}`;
}
