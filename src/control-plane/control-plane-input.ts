import type { IstioRelease } from './releases/istio-release';
import type { ChartValues } from './values/chart-values';

/** All that the control plane of one revision in one cluster follows from. */
export interface ControlPlaneInput {
  readonly release: IstioRelease;
  /** The revision; `default` for the one that Istio does not name. */
  readonly revision: string;
  /** The values, complete with every default. */
  readonly values: ChartValues;
  /** The values as Istio keeps them in the cluster for whoever debugs it; istiod reads its own part. */
  readonly recorded: RecordedValues;
}

/** The values that Istio's chart writes down beside what it makes of them. */
export interface RecordedValues {
  /** What was given to the chart. */
  readonly original: Readonly<Record<string, unknown>>;
  /** What the chart made of it, its own defaults below. */
  readonly merged: Readonly<Record<string, unknown>>;
}
