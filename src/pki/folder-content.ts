import { join } from 'node:path';
import { MeshError } from '../mesh/mesh-error';
import type { Problem } from '../mesh/problem';
import { type CaCerts, caCertsFiles } from './ca-certs';
import type { PemFolder } from './pem-folder';

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
