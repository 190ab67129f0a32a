import type { HelmValues } from '../../mesh/helm-values';
import { ambientNamespace } from '../../mesh/ztunnel';
import type { DefinitionPath } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import type { Chart, Part } from './part';

/** Writes that a cluster is in ambient mode. Istio's profile of this name has no ingress gateway. */
export function putAmbient(draft: ClusterDraft, part: Part, path: DefinitionPath): void {
  draft.put(['dataPlane'], 'ambient', part, path);
}

/** Completes a cluster in ambient mode, after the settings of all its parts are known. */
export function completeDataPlane(draft: ClusterDraft, parts: readonly Part[]): void {
  if (draft.settings.dataPlane === undefined) return;
  const { firstPart } = draft;
  // Only sidecars are reached through a gateway that is not one of the Gateway API.
  if (draft.settings.eastWestGateway !== undefined) draft.put(['dataPlane'], 'both', firstPart, []);
  putTrustedNamespace(draft);
  draft.put(['istio', 'gatewayAPI'], 'skip', firstPart, []);
  draft.notes.push(
    'istio.gatewayAPI: What has installed the Gateway API still does. Remove the key, and the clusters get its definitions from mesh.yaml.',
  );
  if (parts.some(({ kind }) => kind === 'operator')) return;
  for (const [chart, key] of Object.entries(chartsBesideIstiod)) {
    if (parts.some(({ kind }) => kind === chart)) continue;
    draft.notes.push(
      `${key}: No input has values of the chart ${chart}, which ambient mode needs, so its defaults are written.`,
    );
  }
}

/** istiod knows the namespace of ztunnel, whose values may be in no file. */
function putTrustedNamespace(draft: ClusterDraft): void {
  const source = ['istio', 'values', 'pilot', 'trustedZtunnelNamespace'];
  const target = ['istio', 'components', 'ztunnel', 'namespace'];
  const trusted = draft.at(source);
  if (draft.at(target) !== undefined || typeof trusted !== 'string' || trusted === '') return;
  if (trusted === ambientNamespace(draft.at(['istio', 'values']) as HelmValues)) return;
  draft.put(target, trusted, draft.firstPart, source.slice(2));
}

/** The charts of ambient mode beside istiod, each with the key of its settings. */
const chartsBesideIstiod = { cni: 'istio.cni', ztunnel: 'istio.values.ztunnel' } satisfies Partial<
  Record<Chart, string>
>;

/**
 * Takes the data plane out of the settings of clusters that all have the same, and returns it. Where they differ, clusters
 * in ambient mode have sidecars, too, to which istiod gives no other configuration.
 */
export function commonDataPlane(drafts: readonly ClusterDraft[]): HelmValues {
  const [first, ...others] = drafts.map(({ settings }) => settings.dataPlane);
  if (others.every((each) => each === first)) {
    for (const draft of drafts) draft.remove(['dataPlane']);
    return first === undefined ? {} : { dataPlane: first };
  }
  for (const draft of drafts) {
    if (draft.settings.dataPlane !== undefined) draft.put(['dataPlane'], 'both', draft.firstPart, []);
  }
  return {};
}
