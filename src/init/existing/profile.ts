import type { HelmValue } from '../../mesh/helm-values';
import { istioProfiles } from '../../mesh/istio';
import type { ClusterDraft } from './cluster-draft';
import type { Part } from './part';

/** Profiles that are settings of a mesh definition, and why others have no counterpart. */
const others: Readonly<Record<string, ((draft: ClusterDraft, part: Part) => void) | string>> = {
  empty: (draft, part) => draft.put(['istio', 'profile'], 'minimal', part, ['profile']),
  openshift: (draft, part) => {
    draft.put(['istio', 'values', 'global', 'platform'], 'openshift', part, ['profile']);
    draft.put(['istio', 'cni'], { namespace: 'kube-system' }, part, ['profile']);
  },
  ambient: 'Its pods have no sidecars, and this package writes meshes with sidecars.',
  'openshift-ambient': 'Its pods have no sidecars, and this package writes meshes with sidecars.',
  remote: 'Every cluster of a mesh definition has an istiod of its own.',
  external: 'Every cluster of a mesh definition has an istiod of its own.',
};

/** Writes the profile of an IstioOperator. */
export function putProfile(draft: ClusterDraft, part: Part, profile: HelmValue | undefined): void {
  if (profile === undefined || profile === null || profile === '' || profile === 'default') return;
  const counterpart = Object.hasOwn(others, String(profile)) ? others[String(profile)] : undefined;
  if (typeof counterpart === 'function') counterpart(draft, part);
  else if (typeof counterpart === 'string') {
    draft.problems.push({
      code: 'INIT-CONTENT',
      location: part.locate(['profile']),
      message: `The profile ${profile} has no counterpart in a mesh definition. ${counterpart}`,
      hint: `Write one of ${istioProfiles.join(', ')} into the file, with the settings that you need.`,
    });
  } else draft.put(['istio', 'profile'], profile, part, ['profile']);
}
