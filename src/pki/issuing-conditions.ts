import { join } from 'node:path';
import type { Problem } from '../problems/problem';
import { shellWord } from '../problems/suggestion';
import { caCertsFiles } from './ca-certs';
import { CertificateReader } from './certificate-reader';
import type { FolderContent } from './certificates-folder';
import type { PemFolder } from './pem-folder';
import type { IssuingRoot } from './root';

/** The CA certificate of a cluster in the output of an earlier run. */
export interface EarlierCaCerts {
  readonly cluster: string;
  /** The file of the output, as messages show it. */
  readonly file: string;
  /** The fingerprints of the root certificates; empty if they are encrypted. */
  readonly roots: readonly string[];
}

/** A cluster that had a root certificate when it was joined, and the file that shows it. */
export type JoinedRoot = Pick<EarlierCaCerts, 'cluster' | 'file'>;

const [earliest, latest] = [new Date('2026-01-01T00:00:00Z'), new Date('2050-01-01T00:00:00Z')];

/**
 * Reports a clock that is far off: certificates that it dates would not be valid. It cannot be before the start
 * of any certificate.
 */
export function clockProblems(
  folder: PemFolder,
  { rootCert, clusters }: FolderContent,
  now: Date,
): Problem[] {
  const reader = new CertificateReader();
  const texts = [rootCert, ...[...clusters.values()].flatMap(({ caCert, rootCert: root }) => [caCert, root])];
  const starts = texts.flatMap((text) =>
    reader.read(text ?? '').certificates.map(({ notBefore }) => notBefore.getTime()),
  );
  const newest = new Date(Math.max(earliest.getTime(), ...starts));
  const isLate = now >= latest;
  if (now >= newest && !isLate) return [];
  const bound = isLate ? `later than ${latest.toISOString()}` : `earlier than ${newest.toISOString()}`;
  return [
    {
      code: 'CA-CLOCK',
      location: folder.location(''),
      message: `The clock of this machine says ${now.toISOString()}, which cannot be right: it is ${bound}. No certificate is issued.`,
      hint: 'Correct the clock of this machine.',
    },
  ];
}

/**
 * Reports that the output of an earlier run has CA certificates of another root than the one that would be used.
 * Issuing would then overwrite what may be the last copy of the keys.
 *
 * @param root the root that issues; undefined if a new one would be created
 */
export function lostRoots(
  folder: PemFolder,
  { clusters }: FolderContent,
  root: IssuingRoot | undefined,
  earlier: readonly EarlierCaCerts[],
): Problem[] {
  const isOther = ({ cluster, roots }: EarlierCaCerts): boolean => {
    if (root === undefined) return true;
    const isMissing = Object.values(clusters.get(cluster) ?? { none: '' }).every(
      (text) => text === undefined,
    );
    return isMissing && roots.length > 0 && !roots.includes(root.certificate.fingerprint);
  };
  const lost = earlier.filter(isOther);
  return lost.slice(0, root === undefined ? 1 : undefined).map((each) => ({
    code: 'CA-ROOT-LOST',
    location: { file: each.file },
    message: `This file has the CA certificate of ${each.cluster} under a root that is not in ${folder.shown}. Issuing another one would overwrite it, and it may be the last copy.`,
    hint: `Restore ${folder.shown} from a backup${fromOutput(folder, each)}. To replace the root, which all workloads must then trust, run istio-mesh ca --new-root.`,
  }));
}

/**
 * Reports that clusters of the mesh have a root, but the folder has none. Only the first of them is named.
 *
 * @param root the root that issues; undefined if a new one would be created
 */
export function rootsOfClusters(
  folder: PemFolder,
  root: IssuingRoot | undefined,
  [first]: readonly JoinedRoot[],
): Problem[] {
  if (root !== undefined || first === undefined) return [];
  const { cluster, file } = first;
  const print = 'kubectl --namespace istio-system get secret cacerts --output jsonpath="{.data.$file\\.pem}"';
  return [
    {
      code: 'CA-ROOT-LOST',
      location: { file },
      message: `${cluster} had this root certificate when it was joined, but ${folder.shown} has no root. Clusters with a new root would not trust those with the old one.`,
      hint: `Restore ${folder.shown} from a backup, or the files of each cluster from its Secret cacerts, for ${cluster} with: ${restoring(folder, cluster, print)}. To replace the root, which all workloads must then trust, run istio-mesh ca --new-root.`,
    },
  ];
}

/** The command that restores the files of a cluster; only a Secret in plain text has them. */
function fromOutput(folder: PemFolder, { cluster, file, roots }: EarlierCaCerts): string {
  if (roots.length === 0) return '';
  const print = `kubectl label --local -f ${shellWord(file)} restored=yes -o jsonpath="{.data.$file\\.pem}"`;
  return `, or from this file: ${restoring(folder, cluster, print)}`;
}

/** The command that writes the files of a cluster, each from what a command prints in base64. */
function restoring(folder: PemFolder, cluster: string, print: string): string {
  const target = shellWord(join(folder.shown, cluster));
  const names = Object.values(caCertsFiles).map((name) => name.replace('.pem', ''));
  return `mkdir -p ${target} && (umask 077; for file in ${names.join(' ')}; do ${print} | base64 --decode > ${target}/$file.pem; done)`;
}
