import { join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../mesh/mesh';
import { isIssuedLocally } from '../mesh/secrets/backends';
import { MeshError, type Problem } from '../problems/problem';
import { type Progress, silent } from '../problems/progress';
import { type CaCerts, caCertsFiles } from './ca-certs';
import { PemFolder } from './pem-folder';

/** What a certificates folder holds, as texts; nothing of it has been judged. */
export interface FolderContent {
  /** The key of the root CA; root-key.pem. */
  readonly rootKey: string | undefined;
  /** The certificate of the root CA; root-cert.pem. */
  readonly rootCert: string | undefined;
  /** What is there of each cluster of the mesh, by its name. */
  readonly clusters: ReadonlyMap<string, Partial<CaCerts>>;
  /** Who else has a root certificate: clusters that are none of the mesh, or whose files are elsewhere. */
  readonly strangers: readonly string[];
}

/** The name of the file with the root's key; it may be absent where nothing needs to be issued. */
export const rootKeyFile = 'root-key.pem';
/** The name of the file with the root's certificate. */
export const rootCertFile = 'root-cert.pem';

/** The name, within a certificates folder, of the file with a part of a cluster's CA certificates. */
export function caCertsFile(cluster: string, part: keyof CaCerts): string {
  return join(cluster, caCertsFiles[part]);
}

/** The names of the files that a cluster lacks. */
export function missingFiles(caCerts: Partial<CaCerts>): string[] {
  return Object.entries(caCertsFiles).flatMap(([part, file]) =>
    caCerts[part as keyof CaCerts] === undefined ? [file] : [],
  );
}

/**
 * Reads a certificates folder; one that is absent is empty.
 *
 * @throws MeshError with every file that is there and cannot be read
 */
export function readFolder(folder: PemFolder, clusters: readonly string[]): FolderContent {
  const problems: Problem[] = [];
  const names = folder.names(problems);
  MeshError.throwIfAny(problems);
  const strangers = names
    .filter((name) => !clusters.includes(name) && !name.endsWith('.pem'))
    .filter((name) => folder.read(caCertsFile(name, 'rootCert'), []) !== undefined);
  // In the opposite order of issuing: whoever reads while another program issues never finds a file
  // without those that it was made from.
  const found = new Map(clusters.map((cluster) => [cluster, readCluster(folder, cluster, problems)]));
  const rootCert = folder.read(rootCertFile, problems);
  const rootKey = folder.read(rootKeyFile, problems);
  MeshError.throwIfAny(problems);
  return { rootKey, rootCert, clusters: found, strangers };
}

function readCluster(folder: PemFolder, cluster: string, problems: Problem[]): Partial<CaCerts> {
  const read = (part: keyof CaCerts): string | undefined => folder.read(caCertsFile(cluster, part), problems);
  const certChain = read('certChain');
  const rootCert = read('rootCert');
  const caCert = read('caCert');
  const caKey = read('caKey');
  return { caKey, caCert, rootCert, certChain };
}

/** How CA certificates are loaded. */
export interface LoadCaCertsOptions {
  /** The folder at which the definition's relative paths start. */
  readonly directory: string;
  /**
   * Whether certificates that are missing are issued, or are an error.
   * @default - they are issued
   */
  readonly issue?: 'missing' | 'never';
  /**
   * The clusters to load; for those of which there are none, the folder is not even looked at.
   * @default - all whose CA certificates are issued here, and not by cert-manager
   */
  readonly clusters?: readonly Cluster[];
  /**
   * The clusters, of the mesh or formerly so, whose certificates are kept encrypted elsewhere. Those that
   * have no file here are not loaded, nor issued anew; and as long as there are any, no new root is issued.
   * @default - none
   */
  readonly kept?: readonly string[];
  /**
   * Told about the generation of keys, which takes seconds.
   * @default - nobody is told
   */
  readonly progress?: Progress;
  /**
   * The time at which what is issued begins to be valid.
   * @default - the present
   */
  readonly now?: Date;
}

/** What a certificates folder holds for a mesh. */
export interface LoadedCaCerts {
  /** The CA certificates of the clusters, by their names; not judged yet. */
  readonly caCerts: Readonly<Record<string, CaCerts>>;
  /** The files that were missing and have been issued. */
  readonly issued: readonly string[];
  /** What is not wrong yet: private keys that others can read. */
  readonly warnings: readonly Problem[];
}

/**
 * Loads the CA certificates of a mesh's clusters from its certificates folder, and issues those that are
 * missing. What exists is never overwritten.
 *
 * @throws MeshError with everything that cannot be read, issued or written
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export async function loadCaCerts(mesh: Mesh, options: LoadCaCertsOptions): Promise<LoadedCaCerts> {
  const { directory, issue = 'missing', progress = silent, now = new Date() } = options;
  const { clusters = mesh.clusters.filter(isIssuedLocally), kept = [] } = options;
  if (clusters.length === 0) return { caCerts: {}, issued: [], warnings: [] };
  const { certificates } = mesh;
  const folder = new PemFolder(resolve(directory, certificates.directory), certificates.directory);
  const names = clusters.map(({ name }) => name);
  const content = withoutKept(readFolder(folder, names), kept);
  const isComplete = [...content.clusters.values()].every((each) => missingFiles(each).length === 0);
  if (issue === 'missing') folder.removeAbandoned();
  if (isComplete || issue === 'never') return { ...complete(folder, content), issued: [] };
  const { issueMissing } = await import('./issue-missing.js');
  const issued = await issueMissing({ folder, content, certificates, now, progress });
  return { ...complete(folder, withoutKept(readFolder(folder, names), kept)), issued };
}

/** The file with a part of a cluster's CA certificates, as the user names it; for problems to tell. */
export function caCertsPath(mesh: Mesh, cluster: string, part: keyof CaCerts): string {
  return join(mesh.certificates.directory, caCertsFile(cluster, part));
}

/** The clusters whose certificates are elsewhere are as those of other meshes: their root is not to be lost. */
function withoutKept(content: FolderContent, kept: readonly string[]): FolderContent {
  const clusters = new Map(
    [...content.clusters].filter(
      ([name, caCerts]) =>
        !kept.includes(name) || missingFiles(caCerts).length < Object.keys(caCertsFiles).length,
    ),
  );
  const elsewhere = kept.filter((name) => !clusters.has(name));
  return { ...content, clusters, strangers: [...content.strangers, ...elsewhere] };
}

function complete(folder: PemFolder, { clusters, rootKey }: FolderContent): Omit<LoadedCaCerts, 'issued'> {
  const absent = [...clusters].flatMap(([cluster, caCerts]) =>
    missingFiles(caCerts).map((file) => join(cluster, file)),
  );
  MeshError.throwIfAny(absent.map((name) => missing(folder, name)));
  const keys = [...clusters.keys()].map((cluster) => caCertsFile(cluster, 'caKey'));
  const open = [...(rootKey === undefined ? [] : [rootKeyFile]), ...keys].filter((key) =>
    folder.isReadableByOthers(key),
  );
  return {
    caCerts: Object.fromEntries(clusters) as Record<string, CaCerts>,
    warnings: open.map((name) => openToOthers(folder, name)),
  };
}

function missing(folder: PemFolder, name: string): Problem {
  const hint = 'Issue what is missing with istio-mesh ca, or put it there.';
  return { code: 'CA-MISSING', location: folder.location(name), message: 'It is absent.', hint };
}

function openToOthers(folder: PemFolder, name: string): Problem {
  const location = folder.location(name);
  const message = 'Other users of this machine can read this private key.';
  return { code: 'CA-MODE', location, message, hint: `Run chmod 600 ${location.file}.` };
}
