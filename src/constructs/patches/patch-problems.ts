import type { ObjectHead } from '../../kubernetes/manifest';
import type { Mesh } from '../../mesh/mesh';
import type { PatchTargetDefinition } from '../../mesh/patches/definition';
import type { Patch } from '../../mesh/patches/patch';
import type { Problem } from '../../problems/problem';
import { nearest } from '../../problems/suggestion';

/** The problem of a patch that matches no object, in one cluster or in any of them. */
export function unmatchedPatch(
  { target, location }: Patch,
  heads: readonly ObjectHead[],
  mesh: Mesh,
  clusterName?: string,
): Problem {
  const place = clusterName === undefined ? 'in any cluster' : `in ${clusterName}`;
  const keys = Object.entries(target).map(([key, value]) => `${key} ${value}`);
  return {
    code: 'MESH-PATCH',
    location,
    message: `The patch matches no object ${place}: none has ${keys.join(', ')}.`,
    hint: misspelling(target, heads) ?? elsewhere(target, mesh) ?? existing(target, heads),
  };
}

/** The problem of a patch of a Secret with a key or a token. */
export function refusedSecret({ location }: Patch, identity: string): Problem {
  return {
    code: 'MESH-PATCH',
    location,
    message: `The patch matches ${identity}, which has a private key or a token.`,
    hint: 'Write a target that does not match it.',
  };
}

function misspelling(
  { kind, name }: PatchTargetDefinition,
  heads: readonly ObjectHead[],
): string | undefined {
  const ofKind = heads.filter((head) => head.kind === kind);
  if (kind !== undefined && ofKind.length === 0) {
    const similar = nearest(kind, [...new Set(heads.map((head) => head.kind))]);
    return similar === undefined ? undefined : `Write kind: ${similar}.`;
  }
  const similar = name === undefined ? undefined : nearest(name, namesOf(ofKind.length > 0 ? ofKind : heads));
  return similar === undefined || similar === name ? undefined : `Write name: ${similar}.`;
}

/** What to write for objects that are not in the output. */
function elsewhere({ kind }: PatchTargetDefinition, { istio, gitops }: Mesh): string | undefined {
  if (kind === 'Secret' || kind === 'SealedSecret')
    return 'Remove it: Secrets with keys and tokens are not patched.';
  if (istio.controlPlane === 'operator') {
    return 'Write it below k8s or overlays of istio.components, because istioctl writes the objects of istiod.';
  }
  if (istio.controlPlane !== 'helm') return undefined;
  return gitops?.tool === 'flux'
    ? 'Write the value of the chart in istio.values, or patch the HelmRelease: add spec.postRenderers.'
    : 'Write the value of the chart in istio.values, because the objects of istiod are in the chart.';
}

function existing({ kind }: PatchTargetDefinition, heads: readonly ObjectHead[]): string {
  const ofKind = heads.filter((head) => head.kind === kind);
  if (ofKind.length > 0)
    return `Write one of the names ${namesOf(ofKind).join(', ')}, and no other key that excludes it.`;
  return `Write one of the kinds ${[...new Set(heads.map((head) => head.kind))].sort().join(', ')}.`;
}

function namesOf(heads: readonly ObjectHead[]): string[] {
  return [...new Set(heads.flatMap(({ metadata }) => metadata.name ?? []))].sort();
}
