import { type HelmValues, mergeValues } from '../mesh/helm-values';
import { defaultRevision, istioSystem, withRevision } from '../mesh/istio-names';
import type { Cluster, ControlPlaneSettings, Mesh } from '../mesh/mesh';
import { crdManifests, newestVersion } from './crds';
import { clusterValues, profileValue } from './input';
import { releaseOf } from './istio-release';
import { ztunnelChartValues } from './ztunnel/ztunnel-values';

/** The repository of Istio's official charts. */
export const istioCharts = 'https://istio-release.storage.googleapis.com/charts';

/** A Helm release of one of Istio's official charts in a cluster. */
export interface HelmChart {
  /** The name of the Helm release. */
  readonly release: string;
  readonly chart: 'base' | 'cni' | 'istiod' | 'ztunnel';
  /** The namespace of the release. */
  readonly namespace: string;
  readonly version: string;
  readonly values: HelmValues;
  /**
   * The release that must be installed and upgraded first.
   * @default - none
   */
  readonly after?: string;
}

/**
 * The chart with what all control planes of a cluster share: the CustomResourceDefinitions, the validating
 * webhook for resources without a revision, and the reader account for other clusters.
 */
export function baseChart(mesh: Mesh, cluster: Cluster): HelmChart {
  const { canary: _, ...first } = cluster.istio;
  const version = newestVersion(cluster.istio);
  const values = mergeValues(chartValues(mesh, cluster, first), { defaultRevision: first.revision });
  return {
    release: 'istio-base',
    chart: 'base',
    namespace: istioSystem,
    version,
    values: mesh.istio.crds === 'skip' ? mergeValues(values, withoutCrds(version)) : values,
  };
}

/** The chart of the CNI node agent, which is of the version of the first control plane; none if it is disabled. */
export function nodeAgentCharts(mesh: Mesh, cluster: Cluster): HelmChart[] {
  const { canary: _, cni, ...first } = cluster.istio;
  if (cni === undefined) return [];
  const values = Object.entries(chartValues(mesh, cluster, first));
  return [
    {
      release: 'istio-cni',
      chart: 'cni',
      namespace: cni.namespace,
      version: first.version,
      values: Object.fromEntries(values.filter(([key]) => nodeAgentKeys.has(key))),
    },
  ];
}

/** The values that the chart of the node agent reads. */
const nodeAgentKeys = new Set(['global', 'cni', 'revision', 'platform', 'profile', 'compatibilityVersion']);

/** The chart of ztunnel, which is of the version of the first control plane; none in a cluster without ambient mode. */
export function ztunnelCharts(mesh: Mesh, cluster: Cluster): HelmChart[] {
  const { canary: _, ztunnel, ...first } = cluster.istio;
  if (ztunnel === undefined) return [];
  return [
    {
      release: 'ztunnel',
      chart: 'ztunnel',
      namespace: ztunnel.namespace,
      version: first.version,
      values: ztunnelChartValues(chartValues(mesh, cluster, first)),
      after: withRevision('istiod', first.revision),
    },
  ];
}

/** The charts of a cluster's control planes. The first one also injects pods without a revision. */
export function istiodCharts(mesh: Mesh, cluster: Cluster): HelmChart[] {
  const { canary, ...first } = cluster.istio;
  const chart = (settings: ControlPlaneSettings, values: HelmValues): HelmChart => ({
    release: withRevision('istiod', settings.revision),
    chart: 'istiod',
    namespace: istioSystem,
    version: settings.version,
    values: mergeValues(chartValues(mesh, cluster, settings), values),
  });
  return [chart(first, defaultTag(first)), ...(canary === undefined ? [] : [chart(canary, {})])];
}

function chartValues(mesh: Mesh, cluster: Cluster, settings: ControlPlaneSettings): HelmValues {
  const { hub, tag, revision, values } = settings;
  return mergeValues(clusterValues(mesh, cluster, values), {
    global: { hub, tag },
    ...(revision === defaultRevision ? {} : { revision }),
    ...profileValue(settings),
  });
}

/** For other revisions than `default`, the chart injects pods without a revision only with this tag. */
function defaultTag({ revision, values }: ControlPlaneSettings): HelmValues {
  if (revision === defaultRevision) return {};
  const tags = Array.isArray(values.revisionTags) ? values.revisionTags : [];
  return { revisionTags: [...new Set([...tags, defaultRevision])] };
}

/** The chart can exclude definitions only by their names. */
function withoutCrds(version: string): HelmValues {
  const names = crdManifests(releaseOf(version).minorVersion).matchAll(/^ {2}name: (.+)$/gm);
  return { base: { excludedCRDs: [...names].map(([, name = '']) => name) } };
}
