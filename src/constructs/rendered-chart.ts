import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';

/** Manifests that another program has rendered. */
export interface RenderedChartProps {
  /** The manifests: YAML documents, one object each. */
  readonly manifests: string;
}

/**
 * A chart of manifests that another program has rendered. It keeps their text, which is written as it
 * is: a megabyte of CustomResourceDefinitions costs nothing until somebody asks for them as objects.
 */
export class RenderedChart extends Chart {
  /**
   * Whether a chart is a rendered one. Of charts, `instanceof` says only that they are charts: cdk8s
   * redefines it.
   */
  static isRenderedChart(chart: Chart): chart is RenderedChart {
    return 'manifests' in chart;
  }

  /** The manifests as they were rendered. */
  readonly manifests: string;

  constructor(scope: Construct, id: string, props: RenderedChartProps) {
    super(scope, id);
    this.manifests = props.manifests;
  }

  /** The manifests as objects, as every chart gives them. */
  override toJson(): unknown[] {
    return parseAllDocuments(this.manifests)
      .map((document) => document.toJS())
      .filter((object) => object !== null);
  }
}
