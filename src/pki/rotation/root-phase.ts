import type { Certificate } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';
import { isKeyOf } from '../private-key';

/**
 * How far a cluster is on the way from one root to another, in order. Between issuers, the files of its intermediate
 * certificate do not belong together, because a rotation was interrupted.
 */
const rootPhases = ['old-root', 'both-roots', 'between-issuers', 'new-issuer', 'new-root'] as const;

/** A phase; see above. */
export type RootPhase = (typeof rootPhases)[number];

/** A phase in which a cluster can stay. */
export type StablePhase = Exclude<RootPhase, 'between-issuers'>;

/** What a cluster does in each phase, as the end of a sentence. */
export const phaseTexts: Readonly<Record<RootPhase, string>> = {
  'old-root': 'trusts the old root',
  'both-roots': 'trusts both roots, and signs with the old one',
  'between-issuers': 'has files of two intermediate certificates',
  'new-issuer': 'trusts both roots, and signs with the new one',
  'new-root': 'trusts the new root',
};

/** The roots of a rotation. */
export interface RotationRoots {
  readonly old: readonly Certificate[];
  readonly next: readonly Certificate[];
}

/** The phase that the files of a cluster show; undefined if they are of none. */
export function phaseOf(caCerts: ParsedCaCerts, { old, next }: RotationRoots): RootPhase | undefined {
  const trusted = caCerts.bundles.rootCert.certificates;
  const trustsOld = old.some((root) => isAmong(root, trusted));
  const trustsNext = next.every((root) => isAmong(root, trusted));
  if (trustsOld && trustsNext && !belongTogether(caCerts)) return 'between-issuers';
  const { root } = caCerts.path;
  if (root === undefined) return undefined;
  if (isAmong(root, next)) return !trustsNext ? undefined : trustsOld ? 'new-issuer' : 'new-root';
  if (!isAmong(root, old)) return undefined;
  return trustsNext ? 'both-roots' : 'old-root';
}

/** The files are replaced one by one, the certificate last. */
function belongTogether({ caCert, caKey, bundles }: ParsedCaCerts): boolean {
  if (caCert === undefined || !('key' in caKey)) return false;
  const { first } = bundles.certChain;
  return isKeyOf(caKey.key, caCert.publicKey) && first?.fingerprint === caCert.fingerprint;
}

/** The earliest of some phases. */
export function earliest(phases: Iterable<RootPhase>): RootPhase {
  const [first = 'new-root'] = [...phases].sort((one, other) => position(one) - position(other));
  return first;
}

/** The phase after another; the last one is followed by itself. */
export function phaseAfter(phase: RootPhase): StablePhase {
  return stableFrom(position(phase) + 1, 1) ?? 'new-root';
}

/** The phase before another; the first one is preceded by itself. */
export function phaseBefore(phase: RootPhase): StablePhase {
  return stableFrom(position(phase) - 1, -1) ?? 'old-root';
}

/** Whether a phase comes before another. */
export function isBefore(phase: RootPhase, other: RootPhase): boolean {
  return position(phase) < position(other);
}

function stableFrom(index: number, step: 1 | -1): StablePhase | undefined {
  const phase = rootPhases[index];
  return phase === 'between-issuers' ? stableFrom(index + step, step) : phase;
}

function position(phase: RootPhase): number {
  return rootPhases.indexOf(phase);
}

function isAmong({ fingerprint }: Certificate, certificates: readonly Certificate[]): boolean {
  return certificates.some((each) => each.fingerprint === fingerprint);
}
