import { type HelmValues, mergeValues } from '../mesh/helm-values';
import { defaultRevision, withRevision } from '../mesh/istio-names';
import type { Cluster, ControlPlaneSettings, Mesh } from '../mesh/mesh';
import { crdManifests, newestVersion } from './crds';
import { clusterValues } from './input';
import { releaseOf } from './istio-release';

/** The repository of Istio's official charts. */
export const istioCharts = 'https://istio-release.storage.googleapis.com/charts';

/** One of Istio's official charts, as a release of it in a cluster. */
export interface HelmChart {
  /** The name of the release. */
  readonly release: string;
  readonly chart: 'base' | 'istiod';
  readonly version: string;
  readonly values: HelmValues;
}

/**
 * What all control planes of a cluster share: the CustomResourceDefinitions, the validator of resources
 * that name no revision, and the account that other clusters read with.
 */
export function baseChart(mesh: Mesh, cluster: Cluster): HelmChart {
  const { canary: _, ...first } = cluster.istio;
  const version = newestVersion(cluster.istio);
  const values = mergeValues(chartValues(mesh, cluster, first), { defaultRevision: first.revision });
  return {
    release: 'istio-base',
    chart: 'base',
    version,
    values: mesh.istio.crds === 'skip' ? mergeValues(values, withoutCrds(version)) : values,
  };
}

/** The control planes of a cluster, the first of which is for pods that name no revision, too. */
export function istiodCharts(mesh: Mesh, cluster: Cluster): HelmChart[] {
  const { canary, ...first } = cluster.istio;
  const chart = (settings: ControlPlaneSettings, values: HelmValues): HelmChart => ({
    release: withRevision('istiod', settings.revision),
    chart: 'istiod',
    version: settings.version,
    values: mergeValues(chartValues(mesh, cluster, settings), values),
  });
  return [chart(first, defaultTag(first)), ...(canary === undefined ? [] : [chart(canary, {})])];
}

function chartValues(mesh: Mesh, cluster: Cluster, settings: ControlPlaneSettings): HelmValues {
  const { hub, tag, revision, profile, values } = settings;
  return mergeValues(clusterValues(mesh, cluster, values), {
    global: { hub, tag },
    ...(revision === defaultRevision ? {} : { revision }),
    ...(profile === 'default' || profile === 'minimal' ? {} : { profile }),
  });
}

/** The chart of the revision `default` injects pods that name no revision by itself; others have a tag for it. */
function defaultTag({ revision, values }: ControlPlaneSettings): HelmValues {
  if (revision === defaultRevision) return {};
  const tags = Array.isArray(values.revisionTags) ? values.revisionTags : [];
  return { revisionTags: [...new Set([...tags, defaultRevision])] };
}

/** The chart has no other way to leave definitions to somebody else than by their names. */
function withoutCrds(version: string): HelmValues {
  const names = crdManifests(releaseOf(version).line).matchAll(/^ {2}name: (.+)$/gm);
  return { base: { excludedCRDs: [...names].map(([, name = '']) => name) } };
}
