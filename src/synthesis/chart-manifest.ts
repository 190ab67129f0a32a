import { ApiObject, Chart, DependencyGraph } from 'cdk8s';
import { RenderedChart } from '../constructs/rendered-chart';
import type { Manifest } from '../kubernetes/manifest';

/**
 * What a chart makes. Its place among the constructs is its place in the output: the chart `10-namespace`
 * of cluster1 is cluster1/10-namespace.
 */
export function manifestOf(chart: Chart): Manifest {
  const { path } = chart.node;
  if (RenderedChart.isRenderedChart(chart)) return { path, content: { text: chart.manifests } };
  return { path, content: { objects: apiObjects(chart).map((object) => object.toJson()) } };
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
