import { join } from 'node:path';
import type { Problem } from '../problems/problem';
import { shellWord } from '../problems/suggestion';
import { caCertsFiles, certificateParts, missingFiles } from './ca-certs';
import { isIssuedBy } from './certificate';
import { CertificateReader } from './certificate-reader';
import type { FolderContent } from './certificates-folder';
import type { PemFolder } from './pem-folder';
import type { IssuingRoot } from './root';
import { tlsSecretFiles } from './tls-secret-files';

/**
 * Where a root shows itself outside of the certificates folder: in a Secret of the output, in a file of the output that
 * is missing, in a reference of the output to a store, in an encrypted record, or in a cluster when it was joined.
 */
export type RootSource = 'output' | 'missing-output' | 'store' | 'record' | 'joined';

/** A file which shows that a cluster has a CA certificate, and so the mesh a root. */
export interface RootEvidence {
  readonly cluster: string;
  readonly source: RootSource;
  /** The file, as messages show it. */
  readonly file: string;
  /** The fingerprints of the root certificates; empty if they are encrypted, or not in the file. */
  readonly roots: readonly string[];
}

type Describe = (evidence: RootEvidence, folder: PemFolder) => Pick<Problem, 'message' | 'hint'>;

const newRoot =
  'To replace the root without failed calls, restore it first, and run istio-mesh rotate root. To give it up, although all workloads must then trust another one, run istio-mesh ca --new-root.';

const descriptions: Readonly<Record<RootSource, Describe>> = {
  output: (evidence, folder) => ({
    message: `This file has the CA certificate of ${evidence.cluster} under a root that is not in ${folder.shown}. Issuing another one would overwrite it, and it may be the last copy.`,
    hint: `Restore ${folder.shown} from a backup${fromOutput(folder, evidence)}. ${newRoot}`,
  }),
  'missing-output': ({ cluster }, folder) => ({
    message: `An earlier run wrote this file with the CA certificate of ${cluster}, so the mesh has a root, but it is not in ${folder.shown}.`,
    hint: `Restore ${folder.shown} from a backup, ${fromCluster(folder, cluster)}. ${newRoot}`,
  }),
  store: ({ cluster }, { shown }) => ({
    message: `${cluster} gets its CA certificate from a store, and no root is in ${shown}. With a new root, the clusters would not trust what the store may have.`,
    hint: `Restore ${shown} from a backup, or the files of each cluster from the store. ${newRoot} Run that, too, if the mesh is new and the store has no certificate yet.`,
  }),
  record: ({ cluster }, folder) => ({
    message: `This record has the CA certificate of ${cluster} under a root that is not in ${folder.shown}.`,
    hint: `Restore ${folder.shown} from a backup, ${fromCluster(folder, cluster)}. ${newRoot}`,
  }),
  joined: ({ cluster }, folder) => ({
    message: `${cluster} had this root certificate when it was joined, but ${folder.shown} does not have this root. Clusters with a new root would not trust those with the old one.`,
    hint: `Restore ${folder.shown} from a backup, ${fromCluster(folder, cluster)}. If the root has been replaced since, run istio-mesh join, which writes this file again. ${newRoot}`,
  }),
};

/**
 * Reports that the mesh has another root than the one that would be used. Issuing would then overwrite what may be the
 * last copy of the keys, or leave clusters that do not trust each other.
 *
 * @param root the root that issues; undefined if a new one would be created
 * @param clusters the names of the clusters in the mesh
 */
export function lostRoots(
  folder: PemFolder,
  clusters: readonly string[],
  root: IssuingRoot | undefined,
  evidence: readonly RootEvidence[],
): Problem[] {
  const isOther = ({ cluster, roots }: RootEvidence): boolean =>
    root === undefined ||
    (roots.length > 0 &&
      !roots.includes(root.certificate.fingerprint) &&
      clusters.includes(cluster) &&
      !hasFiles(folder, cluster));
  const lost = evidence.filter(isOther);
  // One file is enough to show that there is a root.
  return lost.slice(0, root === undefined ? 1 : undefined).map((each) => ({
    code: 'CA-ROOT-LOST',
    location: { file: each.file },
    ...descriptions[each.source](each, folder),
  }));
}

/**
 * Reports incomplete clusters whose certificate is not of the root that issues. Completed with that root, their files
 * would not belong together.
 *
 * @param root the root that issues; undefined if a new one would be created
 */
export function certificatesOfOtherRoots(
  folder: PemFolder,
  { clusters }: FolderContent,
  root: IssuingRoot | undefined,
): Problem[] {
  const reader = new CertificateReader();
  return [...clusters].flatMap(([cluster, caCerts]) => {
    const part = certificateParts.find((each) => caCerts[each] !== undefined);
    if (part === undefined || missingFiles(caCerts).length === 0) return [];
    const certificates = [caCerts.caCert, caCerts.certChain].flatMap(
      (text) => reader.read(text ?? '').certificates,
    );
    const isOfRoot = certificates.some((each) => root !== undefined && isIssuedBy(each, root.certificate));
    // What trusts the root, but has no certificate yet, is compared as bytes elsewhere.
    if (isOfRoot || (root !== undefined && certificates.length === 0)) return [];
    return [
      {
        code: 'CA-ROOT-LOST',
        location: folder.location(join(cluster, caCertsFiles[part])),
        message: `The certificates of ${cluster} are of a root that is not in ${folder.shown}, so their missing files cannot be issued.`,
        hint: `Restore ${folder.shown} from a backup, ${fromCluster(folder, cluster)}. ${newRoot}`,
      },
    ];
  });
}

/** The file with which a folder that is not of a cluster in the mesh shows that there is a root; undefined if none does. */
export function fileOfRoot(folder: PemFolder, name: string): string | undefined {
  const isFolder = (path: string): boolean => folder.namesIn(path, []).length > 0;
  const within = folder.namesIn(name, []).map((each) => join(name, each));
  const places = [name, ...within.filter(isFolder)];
  const files = [caCertsFiles.rootCert, caCertsFiles.caCert, caCertsFiles.certChain, ...tlsCertificates];
  return places
    .flatMap((place) => files.map((file) => join(place, file)))
    .find((path) => folder.exists(path));
}

const tlsCertificates = [tlsSecretFiles.rootCert, tlsSecretFiles.caCert];

function hasFiles(folder: PemFolder, cluster: string): boolean {
  const names = [...Object.values(caCertsFiles), ...Object.values(tlsSecretFiles)];
  return names.some((name) => folder.exists(join(cluster, name)));
}

/** The command that restores the files of a cluster; only a Secret in plain text has them. */
function fromOutput(folder: PemFolder, { cluster, file, roots }: RootEvidence): string {
  if (roots.length === 0) return '';
  const print = `kubectl label --local -f ${shellWord(file)} restored=yes -o jsonpath="{.data.$file\\.pem}"`;
  return `, or from this file: ${restoring(folder, cluster, print)}`;
}

function fromCluster(folder: PemFolder, cluster: string): string {
  const print = 'kubectl --namespace istio-system get secret cacerts --output jsonpath="{.data.$file\\.pem}"';
  return `or the files of each cluster from its Secret cacerts, for ${cluster} with: ${restoring(folder, cluster, print)}`;
}

/** The command that writes the files of a cluster, each from what a command prints in base64. */
function restoring(folder: PemFolder, cluster: string, print: string): string {
  const target = shellWord(join(folder.shown, cluster));
  const names = Object.values(caCertsFiles).map((name) => name.replace('.pem', ''));
  return `mkdir -p ${target} && (umask 077; for file in ${names.join(' ')}; do ${print} | base64 --decode > ${target}/$file.pem; done)`;
}
