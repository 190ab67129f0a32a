import type { Mesh } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';
import type { Progress } from '../../problems/progress';
import type { CaCerts } from '../ca-certs';
import { loadCaCerts } from '../certificates-folder';
import { ClusterFiles, withNewline } from './cluster-files';
import type { StablePhase } from './root-phase';
import { type CaCertsByCluster, type RootRotation, savedRoot } from './root-rotation';
import { meshWithin, rotationFolders } from './rotation-folders';

/** A step of a rotation. */
interface StepContext {
  readonly mesh: Mesh;
  readonly directory: string;
  readonly rotation: RootRotation;
  readonly target: StablePhase;
  readonly direction: 'forward' | 'back';
  readonly progress: Progress;
}

/** Issuers change where a cluster starts to sign with the other root. Other steps change only what it trusts. */
type Issuers = 'next' | 'old' | 'unchanged';

/**
 * The files that clusters get in a step. Issues the missing certificates under the root that signs next.
 *
 * @throws MeshError if certificates are missing that cannot be issued
 */
export async function planClusters(
  clusters: readonly string[],
  context: StepContext,
): Promise<ReadonlyMap<string, ClusterFiles>> {
  const { rotation, target } = context;
  const issued = await issuedFor(clusters, context);
  return new Map(
    clusters.map((name) => {
      const current = rotation.loaded.caCerts[name] as CaCerts;
      const caCerts = { ...current, ...issued[name], rootCert: trustedIn(target, rotation, name, current) };
      return [name, new ClusterFiles(rotation.loaded, name, caCerts)];
    }),
  );
}

async function issuedFor(clusters: readonly string[], context: StepContext): Promise<CaCertsByCluster> {
  const { mesh, directory, progress } = context;
  const issuers = issuersOf(context);
  if (issuers === 'unchanged') return {};
  const folder = issuers === 'next' ? rotationFolders.nextRoot : rotationFolders.oldRoot;
  const { caCerts } = await loadCaCerts(meshWithin(mesh, folder), {
    directory,
    clusters: mesh.clusters.filter(({ name }) => clusters.includes(name)),
    progress,
  });
  return caCerts;
}

function issuersOf({ target, direction }: StepContext): Issuers {
  if (direction === 'forward') return target === 'new-issuer' ? 'next' : 'unchanged';
  return target === 'both-roots' ? 'old' : 'unchanged';
}

/** The root-cert.pem of a cluster in a phase. */
function trustedIn(
  target: StablePhase,
  { folder, nextText = '' }: RootRotation,
  cluster: string,
  { rootCert }: CaCerts,
): string {
  if (target === 'new-root') return nextText;
  const old = savedRoot(folder, cluster) ?? savedRoot(folder) ?? textBefore(rootCert, nextText);
  if (target === 'old-root') {
    if (old === undefined) throw unknownOldRoot(folder.shown);
    return old;
  }
  return bundle(old ?? rootCert, nextText, target);
}

/**
 * Both roots, the old one first and unchanged: istiod 1.29 takes a new bundle only if it contains the whole old one, or
 * the other way around. The additional newline while the new root signs makes it another bundle for istiod, which then
 * tells the proxies; they renew their certificates at once instead of half a day later.
 */
export function bundle(old: string, next: string, phase: 'both-roots' | 'new-issuer'): string {
  const both = withNewline(old) + withNewline(next);
  return phase === 'new-issuer' ? `${both}\n` : both;
}

/** What a bundle has before the next root; undefined if the next root is not its end. */
export function textBefore(text: string, next: string): string | undefined {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(next.trim()) ? trimmed.slice(0, -next.trim().length) : undefined;
}

function unknownOldRoot(shown: string): MeshError {
  return new MeshError([
    {
      code: 'CA-ROTATION',
      location: { file: `${shown}/${rotationFolders.oldRoot}` },
      message: 'The folder does not have the old root certificate.',
      hint: 'Restore it from a backup, or continue the rotation without --back.',
    },
  ]);
}
