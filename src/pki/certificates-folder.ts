import { join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../mesh/mesh';
import { isIssuedLocally } from '../mesh/secrets/backends';
import { MeshError, type Problem } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import { type CaCerts, caCertsFile, caCertsFiles, missingFiles } from './ca-certs';
import { PemFolder } from './pem-folder';
import { fileOfRoot, type RootEvidence } from './root-evidence';
import { hasTlsSecretFiles, readTlsSecretFiles, tlsSecretFile } from './tls-secret-files';
import { unknownClusterFiles, unknownRootFiles } from './unknown-files';

/** The name of the file with the root's key. It may be absent if nothing has to be issued. */
export const rootKeyFile = 'root-key.pem';
/** The name of the file with the root's certificate. */
export const rootCertFile = 'root-cert.pem';

/** The texts in a certificates folder, not validated. */
export interface FolderContent {
  /** The key of the root CA; root-key.pem. */
  readonly rootKey: string | undefined;
  /** The certificate of the root CA; root-cert.pem. */
  readonly rootCert: string | undefined;
  /** The existing files of each cluster of the mesh, by cluster name. */
  readonly clusters: ReadonlyMap<string, Partial<CaCerts>>;
  /** The clusters whose files are those of a TLS Secret. */
  readonly tlsSecrets: ReadonlySet<string>;
  /**
   * Other clusters with a certificate, and the file that shows it: clusters that are not part of the mesh, or have their
   * files elsewhere, and folders of a rotation.
   */
  readonly otherClusters: ReadonlyMap<string, string>;
}

/**
 * Reads a certificates folder. A folder that does not exist counts as empty.
 *
 * @throws MeshError with every file that exists but cannot be read
 */
function readFolder(folder: PemFolder, clusters: readonly string[]): FolderContent {
  const problems: Problem[] = [];
  const names = folder.names(problems);
  problems.push(...unknownRootFiles(folder, names, [rootCertFile, rootKeyFile, ...clusters]));
  MeshError.throwIfAny(problems);
  const otherClusters = new Map(
    names.flatMap((name) => {
      const file = clusters.includes(name) || name.endsWith('.pem') ? undefined : fileOfRoot(folder, name);
      return file === undefined ? [] : [[name, folder.location(file).file]];
    }),
  );
  // Files are read in the reverse order of issuing. So, while another process issues, this never sees a
  // file without the files that it was made from.
  const tlsSecrets = new Set<string>();
  const caCerts = new Map(
    clusters.map((cluster) => {
      const files = folder.namesIn(cluster, problems);
      problems.push(...unknownClusterFiles(folder, cluster, files));
      const isTlsSecret = hasTlsSecretFiles(files);
      if (isTlsSecret) tlsSecrets.add(cluster);
      const read = isTlsSecret
        ? readTlsSecretFiles(folder, cluster, files, problems)
        : readCluster(folder, cluster, problems);
      const caCrl = folder.read(caCertsFile(cluster, 'caCrl'), problems);
      return [cluster, caCrl === undefined ? read : { ...read, caCrl }];
    }),
  );
  const rootCert = folder.read(rootCertFile, problems);
  const rootKey = folder.read(rootKeyFile, problems);
  MeshError.throwIfAny(problems);
  return { rootKey, rootCert, clusters: caCerts, tlsSecrets, otherClusters };
}

function readCluster(folder: PemFolder, cluster: string, problems: Problem[]): Partial<CaCerts> {
  const read = (part: keyof CaCerts): string | undefined => folder.read(caCertsFile(cluster, part), problems);
  const certChain = read('certChain');
  const rootCert = read('rootCert');
  const caCert = read('caCert');
  const caKey = read('caKey');
  return { caKey, caCert, rootCert, certChain };
}

/** Options of {@link loadCaCerts}. */
export interface LoadCaCertsOptions {
  /** The folder that relative paths of the definition start from. */
  readonly directory: string;
  /**
   * Whether missing certificates are issued, or an error.
   * @default - they are issued
   */
  readonly issue?: 'missing' | 'never';
  /**
   * The clusters to load. If there are none, the folder is not read at all.
   * @default - all clusters whose CA certificates are issued here, and not by cert-manager
   */
  readonly clusters?: readonly Cluster[];
  /**
   * The current and former clusters of the mesh whose certificates are stored as encrypted records. They
   * are not loaded or issued if they have no file here. If there are any, no new root is issued.
   * @default - none
   */
  readonly recorded?: readonly RootEvidence[];
  /**
   * Reads which files outside of the folder show that the mesh has a root, if any certificates are missing. If that is
   * not in the folder, none is issued.
   * @default - none
   */
  readonly evidence?: () => readonly RootEvidence[];
  /**
   * Called before anything is issued, with the complete CA certificates and the names of the clusters that lack
   * files. If it throws, nothing is issued.
   * @default - nothing is checked
   */
  readonly beforeIssuing?: (
    complete: Readonly<Record<string, CaCerts>>,
    incomplete: readonly string[],
    fileOf: LoadedCaCerts['fileOf'],
  ) => Promise<unknown>;
  /**
   * Receives messages about the generation of keys, which takes seconds.
   * @default - no messages
   */
  readonly progress?: Progress;
  /**
   * The time at which issued certificates become valid.
   * @default - the current time
   */
  readonly now?: Date;
}

/** The CA certificates of a mesh. */
export interface LoadedCaCerts {
  /** The CA certificates, by cluster name; not validated. */
  readonly caCerts: Readonly<Record<string, CaCerts>>;
  /** The file with a part of a cluster's CA certificates, as messages show it. */
  readonly fileOf: (cluster: string, part: keyof CaCerts) => string;
  /** The files that were missing and have been issued. */
  readonly issued: readonly string[];
  /** Problems that do not prevent synthesis: private keys that other users can read. */
  readonly warnings: readonly Problem[];
}

/**
 * Loads the CA certificates of a mesh's clusters from its certificates folder, and issues missing ones.
 * Existing files are never overwritten.
 *
 * @throws MeshError with everything that cannot be read, issued or written
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export async function loadCaCerts(mesh: Mesh, options: LoadCaCertsOptions): Promise<LoadedCaCerts> {
  const { directory, issue = 'missing', progress = silent, now = new Date() } = options;
  const {
    clusters = mesh.clusters.filter(isIssuedLocally),
    recorded = [],
    beforeIssuing,
    evidence = () => [],
  } = options;
  if (clusters.length === 0)
    return { caCerts: {}, fileOf: caCertsPath.bind(undefined, mesh), issued: [], warnings: [] };
  const { certificates } = mesh;
  const folder = new PemFolder(resolve(directory, certificates.directory), certificates.directory);
  const names = clusters.map(({ name }) => name);
  const content = withoutRecorded(readFolder(folder, names), recorded);
  const isComplete = [...content.clusters.values()].every((each) => missingFiles(each).length === 0);
  if (issue === 'missing') folder.removeAbandoned();
  if (isComplete || issue === 'never') return { ...loadComplete(folder, content), issued: [] };
  const [complete, incomplete] = divide(content);
  await beforeIssuing?.(complete, incomplete, fileOf(folder, content));
  const { issueMissing } = await import('./issue-missing.js');
  const issued = await issueMissing({
    folder,
    content,
    mesh,
    evidence: () => [...evidence(), ...recorded],
    now,
    progress,
  });
  return { ...loadComplete(folder, withoutRecorded(readFolder(folder, names), recorded)), issued };
}

/** The file with a part of a cluster's CA certificates, as messages show it. */
function caCertsPath(mesh: Mesh, cluster: string, part: keyof CaCerts): string {
  return join(mesh.certificates.directory, caCertsFile(cluster, part));
}

/** Treats recorded clusters without files like clusters of other meshes, so that their root is not replaced. */
function withoutRecorded(content: FolderContent, recorded: readonly RootEvidence[]): FolderContent {
  const files = new Map(recorded.map(({ cluster, file }) => [cluster, file]));
  const clusters = new Map(
    [...content.clusters].filter(
      ([name, caCerts]) =>
        !files.has(name) || missingFiles(caCerts).length < Object.keys(caCertsFiles).length,
    ),
  );
  const elsewhere = [...files].filter(([name]) => !clusters.has(name));
  return { ...content, clusters, otherClusters: new Map([...content.otherClusters, ...elsewhere]) };
}

function nameOf({ tlsSecrets }: FolderContent, cluster: string, part: keyof CaCerts): string {
  return tlsSecrets.has(cluster) ? tlsSecretFile(cluster, part) : caCertsFile(cluster, part);
}

function fileOf(folder: PemFolder, content: FolderContent): LoadedCaCerts['fileOf'] {
  return (cluster, part) => folder.location(nameOf(content, cluster, part)).file;
}

/** The clusters with all files, and the names of the others. */
function divide({ clusters }: FolderContent): [complete: Record<string, CaCerts>, incomplete: string[]] {
  const all = [...clusters];
  const complete = all.filter(([, caCerts]) => missingFiles(caCerts).length === 0);
  const incomplete = all.flatMap(([name, caCerts]) => (missingFiles(caCerts).length === 0 ? [] : [name]));
  return [Object.fromEntries(complete) as Record<string, CaCerts>, incomplete];
}

function loadComplete(folder: PemFolder, content: FolderContent): Omit<LoadedCaCerts, 'issued'> {
  const { clusters, rootKey } = content;
  const missing = [...clusters].flatMap(([cluster, caCerts]) =>
    missingFiles(caCerts).map((file) => join(cluster, file)),
  );
  MeshError.throwIfAny(missing.map((name) => missingFile(folder, name)));
  const caKeys = [...clusters.keys()].map((cluster) => nameOf(content, cluster, 'caKey'));
  const keys = rootKey === undefined ? caKeys : [rootKeyFile, ...caKeys];
  const readableByOthers = keys.filter((key) => folder.isReadableByOthers(key));
  return {
    caCerts: Object.fromEntries(clusters) as Record<string, CaCerts>,
    fileOf: fileOf(folder, content),
    warnings: readableByOthers.map((name) => readableKey(folder, name)),
  };
}

function missingFile(folder: PemFolder, name: string): Problem {
  const hint = 'Issue it with istio-mesh ca, or provide the file.';
  return { code: 'CA-MISSING', location: folder.location(name), message: 'The file is missing.', hint };
}

function readableKey(folder: PemFolder, name: string): Problem {
  const location = folder.location(name);
  const message = 'Other users of this machine can read this private key.';
  return { code: 'CA-MODE', location, message, hint: `Run chmod 600 ${location.file}.` };
}
