import { mergeValues } from '../mesh/helm-values';
import { defaultRevision } from '../mesh/istio-names';
import { memoized } from '../mesh/memoized';
import type { Cluster, ControlPlaneSettings, Mesh } from '../mesh/mesh';
import { clusterValues } from './cluster-values';
import { type IstioRelease, releaseOf } from './releases/istio-release';
import { type ChartValues, chartValues } from './values/chart-values';
import { type RecordedValues, recordedValues } from './values/recorded-values';

/** All that the control plane of one revision in one cluster follows from. */
export interface ControlPlaneInput {
  readonly release: IstioRelease;
  /** The revision; `default` for the one that Istio does not name. */
  readonly revision: string;
  /** The values, complete with every default. */
  readonly values: ChartValues;
  /** The values as Istio keeps them in the cluster for whoever debugs it; istiod reads its own part. */
  readonly recorded: RecordedValues;
  /** The Secret without which istiod does not start; undefined where all are optional, as in Istio's charts. */
  readonly requiredSecret?: string;
}

/**
 * What a control plane of a cluster follows from.
 *
 * @throws MeshError where this package does not know the version of Istio
 */
export function controlPlaneInput(
  mesh: Mesh,
  cluster: Cluster,
  settings: ControlPlaneSettings = cluster.istio,
): ControlPlaneInput {
  return inputOf({ ...settings, values: clusterValues(mesh, cluster, settings.values) });
}

/**
 * What a control plane follows from, in a mesh or alone. The last few are remembered, since each of the
 * constructs that make up a control plane asks for it.
 */
export const inputOf = memoized((settings: ControlPlaneSettings): ControlPlaneInput => {
  const { version, hub, tag, revision, profile, values } = settings;
  const release = releaseOf(version);
  const given = mergeValues(values, {
    global: { hub, tag },
    ...(revision === defaultRevision ? {} : { revision }),
    ...(profile === 'default' || profile === 'minimal' ? {} : { profile }),
  });
  const recorded = recordedValues(release, given);
  return { release, revision, values: chartValues(recorded.merged), recorded };
}, 4);
