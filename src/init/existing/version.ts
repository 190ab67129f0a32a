import { latestIstioVersion, supportedMinorVersions } from '../../mesh/istio-version';
import type { ClusterDraft } from './cluster-draft';
import type { Part } from './part';

/**
 * Writes the version of Istio: the one that the user asks for, else that of the image tag or of the chart, else the
 * newest. A tag of another version would run with objects that are not made for it, so it is left out.
 */
export function putVersion(draft: ClusterDraft, parts: readonly Part[], asked?: string): void {
  const tag = draft.at(['istio', 'tag']);
  const found = [
    String(tag ?? ''),
    ...parts.flatMap(({ kind, version }) => (kind === 'istiod' ? (version ?? []) : [])),
  ]
    .map(versionIn)
    .find((each) => each !== undefined);
  const version = asked ?? (found !== undefined && isSupported(found) ? found : latestIstioVersion);
  draft.put(['istio', 'version'], version, draft.firstPart, []);
  if (found === undefined && asked === undefined) {
    draft.notes.push(
      `istio.version: No input says the version of Istio, so it is the newest one. Write the version that runs, to upgrade later.`,
    );
  } else if (found !== undefined && found !== version) {
    draft.notes.push(
      `istio.version: The input is of Istio ${found}. ${isSupported(found) ? '' : `Versions of ${supportedMinorVersions.join(', ')} are supported. `}To reach ${version}, upgrade one minor version at a time, or use a canary.`,
    );
  }
  if (tag === undefined) return;
  const isOfVersion = String(tag).startsWith(version);
  if (tag === version || (!isOfVersion && versionIn(String(tag)) !== undefined)) {
    draft.remove(['istio', 'tag']);
    if (tag !== version) putVariant(draft, String(tag), version);
  }
}

/** Images of another version can be of the same kind. */
function putVariant(draft: ClusterDraft, tag: string, version: string): void {
  const [suffix] = /-(distroless|debug)$/.exec(tag) ?? [];
  const own = suffix === undefined ? undefined : `${version}${suffix}`;
  if (own !== undefined) draft.put(['istio', 'tag'], own, draft.firstPart, []);
  const reason = own === undefined ? 'was left out' : `is ${own} here`;
  draft.notes.push(`istio.tag: The tag ${tag} is of another version, and ${reason}.`);
}

function versionIn(text: string): string | undefined {
  return /^v?(\d+\.\d+\.\d+)/.exec(text)?.[1];
}

function isSupported(version: string): boolean {
  return supportedMinorVersions.some((minor) => version.startsWith(`${minor}.`));
}
