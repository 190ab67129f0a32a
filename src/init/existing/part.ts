import type { HelmValues } from '../../mesh/helm-values';
import type { DefinitionPath, Location } from '../../problems/problem';

/** The Helm charts of Istio whose values have a place in a mesh definition. */
export const charts = ['base', 'istiod', 'cni', 'ztunnel', 'gateway'] as const;
export type Chart = (typeof charts)[number];

/** What to write instead of an input without a configuration of Istio. */
export const usableInputs =
  'Name files with an IstioOperator, or with values of the charts istiod, base, gateway, cni or ztunnel.';

/** A configuration of Istio, or of a part of it, in an input. */
export interface Part {
  /** `operator` for the spec of an IstioOperator, or the chart whose values it has. */
  readonly kind: 'operator' | Chart;
  /** The spec or the values. */
  readonly content: HelmValues;
  /** The input, as the user named it. */
  readonly file: string;
  /** The location of a key of the content, or of the closest part that contains it. */
  readonly locate: (path: DefinitionPath, at?: 'key' | 'value') => Location;
  /**
   * The cluster that the user named.
   * @default - the one that the content names
   */
  readonly cluster?: string;
  /**
   * The name of the Helm release.
   * @default - unknown
   */
  readonly release?: string;
  /**
   * The namespace of the Helm release.
   * @default - unknown
   */
  readonly namespace?: string;
  /**
   * The version of the chart.
   * @default - unknown
   */
  readonly version?: string;
}
