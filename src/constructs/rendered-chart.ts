import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { settingsOf, type Validated } from './props';

/** Manifests that another program rendered. */
export interface RenderedChartProps {
  /** The manifests: YAML documents, one object each. */
  readonly manifests: string;
}

/**
 * A chart of manifests that another program rendered. The text is written unchanged, and parsed only if
 * something reads its objects: parsing a megabyte of CustomResourceDefinitions takes long.
 *
 * @example
 * const app = new App();
 * new RenderedChart(app, 'addons', { manifests: readFileSync('addons.yaml', 'utf8') });
 * @throws MeshError if the manifests are missing or not a string
 * @see https://istio.io/latest/docs/setup/install/istioctl/#generate-a-manifest-before-installation
 */
export class RenderedChart extends Chart {
  /** Whether a chart is a RenderedChart. `instanceof` is true for every chart, because cdk8s redefines it. */
  static isRenderedChart(chart: Chart): chart is RenderedChart {
    return 'manifests' in chart;
  }

  /** The manifests as they were rendered. */
  readonly manifests: string;

  constructor(scope: Construct, id: string, props: RenderedChartProps);
  /** @internal */
  constructor(scope: Construct, id: string, props: Validated<RenderedChartProps>);
  constructor(scope: Construct, id: string, props: RenderedChartProps | Validated<RenderedChartProps>) {
    super(scope, id);
    this.manifests = settingsOf(this, props, propsSchema).manifests;
  }

  /** The manifests as objects, as in every chart. */
  override toJson(): unknown[] {
    return parseAllDocuments(this.manifests)
      .map((document) => document.toJS())
      .filter((object) => object !== null);
  }
}

function propsSchema() {
  return z.strictObject({ manifests: z.string() }) satisfies z.ZodType<RenderedChartProps>;
}
