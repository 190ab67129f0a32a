import { type HelmValue, type HelmValues, isMap } from '../../mesh/helm-values';
import { istioProfiles } from '../../mesh/istio';
import type { Problem } from '../../problems/problem';
import type { ClusterDraft } from './cluster-draft';
import { putAmbient } from './data-plane';
import type { Part } from './part';

/** Profiles that are settings of a mesh definition, and why others have no counterpart. */
const others: Readonly<Record<string, ((draft: ClusterDraft, part: Part) => void) | string>> = {
  empty: (draft, part) => draft.put(['istio', 'profile'], 'minimal', part, ['profile']),
  openshift: (draft, part) => {
    putOpenShift(draft, part);
    draft.put(['istio', 'cni'], { namespace: 'kube-system' }, part, ['profile']);
  },
  ambient: putAmbientProfile,
  'openshift-ambient': (draft, part) => {
    putOpenShift(draft, part);
    putAmbientProfile(draft, part);
  },
  remote: 'Every cluster of a mesh definition has an istiod of its own.',
  external: 'Every cluster of a mesh definition has an istiod of its own.',
};

/** Writes the profile of an IstioOperator. */
export function putProfile(draft: ClusterDraft, part: Part, profile: HelmValue | undefined): void {
  if (profile === undefined || profile === null || profile === '' || profile === 'default') return;
  const counterpart = Object.hasOwn(others, String(profile)) ? others[String(profile)] : undefined;
  if (typeof counterpart === 'function') counterpart(draft, part);
  else if (typeof counterpart === 'string') draft.problems.push(noCounterpart(part, profile, counterpart));
  else draft.put(['istio', 'profile'], profile, part, ['profile']);
}

function putAmbientProfile(draft: ClusterDraft, part: Part): void {
  putAmbient(draft, part, ['profile']);
  draft.put(['istio', 'profile'], 'minimal', part, ['profile']);
  draft.put(['istio', 'cni'], 'enabled', part, ['profile']);
}

function putOpenShift(draft: ClusterDraft, part: Part): void {
  draft.put(['istio', 'values', 'global', 'platform'], 'openshift', part, ['profile']);
}

function noCounterpart(part: Part, profile: HelmValue, reason: string): Problem {
  return {
    code: 'INIT-CONTENT',
    location: part.locate(['profile']),
    message: `The profile ${profile} has no counterpart in a mesh definition. ${reason}`,
    hint: `Write one of ${istioProfiles.join(', ')} into the file, with the settings that you need.`,
  };
}

/** Writes the profile in the values of the chart istiod, which has no gateway with any profile. */
export function putChartProfile(draft: ClusterDraft, part: Part, values: HelmValues): void {
  const profile = profileIn(values);
  const reason = Object.hasOwn(others, profile) ? others[profile] : undefined;
  if (typeof reason === 'string') draft.problems.push(noCounterpart(part, profile, reason));
  const hasGateways =
    istioProfiles.some((each) => each === profile) && !['default', 'minimal'].includes(profile);
  draft.put(['istio', 'profile'], hasGateways ? profile : 'minimal', part, ['profile']);
  if (hasGateways) draft.put(['istio', 'components', 'ingressGateways'], [], part, ['profile']);
  if (profile === 'demo') draft.put(['istio', 'components', 'egressGateways'], [], part, ['profile']);
  putPlatform(draft, part, values);
}

/** Writes what a profile in the values of a chart is in a mesh definition: a platform, and a data plane. */
export function putPlatform(draft: ClusterDraft, part: Part, values: HelmValues): void {
  const profile = profileIn(values);
  if (['openshift', 'openshift-ambient'].includes(profile)) putOpenShift(draft, part);
  if (['ambient', 'openshift-ambient'].includes(profile)) putAmbient(draft, part, ['profile']);
}

function profileIn({ profile, global }: HelmValues): string {
  return String(profile || (isMap(global) && global.profile) || '');
}
