import { join } from 'node:path';
import { type Cluster, type Mesh, unknownCluster } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';
import { type Progress, silent } from '../../problems/progress';
import type { CaCerts } from '../ca-certs';
import { CaFiles } from '../ca-files';
import { loadCaCerts, rootCertFile, rootKeyFile } from '../certificates-folder';
import { requirementsOf, validateCaCerts } from '../checks/validate-ca-certs';
import { allIssuedNames } from '../issued-names';
import { PemFolder } from '../pem-folder';
import { generatePrivateKey } from '../private-key';
import { type IssuingRoot, openFolderRoot } from '../root';
import { ClusterFiles } from './cluster-files';
import { discardFolder } from './kept-roots';
import { lockingCertificates } from './locked-certificates';
import { type CaCertsByCluster, clustersToRotate, readOrThrow, readRootRotation } from './root-rotation';
import { meshWithin, rotationFolders } from './rotation-folders';

/** Options of {@link rotateIntermediates}. */
interface RotateIntermediatesOptions {
  /** The folder at which the definition's relative paths start. */
  readonly directory: string;
  /**
   * The clusters that get a new certificate.
   * @default - the clusters of an interrupted run, if there was one; otherwise all clusters
   */
  readonly clusters?: readonly string[];
  /** @default - no progress is reported */
  readonly progress?: Progress;
}

/** The clusters with a new intermediate certificate, and the files that changed, as messages show them. */
interface RotatedIntermediates {
  readonly clusters: readonly string[];
  readonly files: readonly string[];
}

/**
 * Replaces the intermediate certificates of clusters, and their keys, by new ones of the same root. Completes a run that
 * was interrupted.
 *
 * @throws MeshError if the certificates cannot be issued, or a rotation of the root is under way
 */
export function rotateIntermediates(
  mesh: Mesh,
  options: RotateIntermediatesOptions,
): Promise<RotatedIntermediates> {
  const { directory, progress = silent } = options;
  return lockingCertificates(mesh, directory, progress, () => replaceAll(mesh, options));
}

async function replaceAll(mesh: Mesh, options: RotateIntermediatesOptions): Promise<RotatedIntermediates> {
  const { directory, progress = silent } = options;
  const { folder, loaded, state } = await readRootRotation(mesh, directory);
  MeshError.throwIfAny(state === 'running' ? [rotationUnderWay(folder)] : []);
  const local = clustersToRotate(mesh);
  const names = selected(folder, local, options.clusters);
  const issued = await issueNext(mesh, folder, names, directory, progress);
  const planned = names.map((name) => {
    const current = loaded.caCerts[name] as CaCerts;
    const { caKey, caCert, certChain } = issued[name] as CaCerts;
    return [name, new ClusterFiles(loaded, name, { ...current, caKey, caCert, certChain })] as const;
  });
  const next = Object.fromEntries(planned.map(([name, { caCerts }]) => [name, caCerts]));
  const checks = { now: new Date(), fileOf: loaded.fileOf, ...requirementsOf(mesh) };
  await validateCaCerts({ ...loaded.caCerts, ...next }, checks);
  const files = planned.flatMap(([name, clusterFiles]) => {
    const written = clusterFiles.write(folder);
    discardFolder(folder, rotationFolders.nextIntermediates, [name]);
    return written;
  });
  return { clusters: names, files };
}

function selected(folder: PemFolder, local: readonly Cluster[], wanted?: readonly string[]): string[] {
  const names = local.map(({ name }) => name);
  const unknown = (wanted ?? []).filter((name) => !names.includes(name));
  MeshError.throwIfAny(unknown.map((name) => ({ ...unknownCluster(name, names), location: {} })));
  const interrupted = names.filter((name) => folder.exists(join(rotationFolders.nextIntermediates, name)));
  const rest = wanted ?? (interrupted.length > 0 ? [] : names);
  return names.filter((name) => interrupted.includes(name) || rest.includes(name));
}

/** Issues the certificates into a folder of their own, which an interrupted run leaves. */
async function issueNext(
  mesh: Mesh,
  folder: PemFolder,
  clusters: readonly string[],
  directory: string,
  progress: Progress,
): Promise<CaCertsByCluster> {
  const { nextIntermediates } = rotationFolders;
  const request = { names: allIssuedNames(mesh), now: new Date() };
  const root = openRoot(folder, request);
  const next = new PemFolder(join(folder.path, nextIntermediates), join(folder.shown, nextIntermediates));
  const { keyAlgorithm } = mesh.certificates;
  progress(`Generating ${clusters.length} ${keyAlgorithm} ${clusters.length === 1 ? 'key' : 'keys'}`);
  const keys = await Promise.all(clusters.map(() => generatePrivateKey(keyAlgorithm)));
  const files = new CaFiles(next, mesh.certificates, request);
  for (const [index, cluster] of clusters.entries()) files.completeCluster(cluster, keys[index] ?? '', root);
  const issued = mesh.clusters.filter(({ name }) => clusters.includes(name));
  const within = meshWithin(mesh, nextIntermediates);
  const { caCerts } = await loadCaCerts(within, { directory, clusters: issued, issue: 'never' });
  return caCerts;
}

function openRoot(folder: PemFolder, request: Parameters<typeof openFolderRoot>[3]): IssuingRoot {
  const cert = readOrThrow(folder, rootCertFile);
  const key = readOrThrow(folder, rootKeyFile);
  if (cert !== undefined && key !== undefined) return openFolderRoot(folder, cert, key, request);
  throw new MeshError([
    {
      code: 'CA-ROOT',
      location: folder.location(key === undefined ? rootKeyFile : rootCertFile),
      message: 'The file is missing, so no intermediate certificate can be issued.',
      hint: 'Copy the certificate and the key of the root here until the certificates are issued, or put certificates that were issued elsewhere into the folder of each cluster.',
    },
  ]);
}

function rotationUnderWay(folder: PemFolder) {
  return {
    code: 'CA-ROTATION' as const,
    location: folder.location(rotationFolders.nextRoot),
    message: 'A rotation of the root is under way, which replaces the intermediate certificates, too.',
    hint: 'Complete it with istio-mesh rotate root, or take it back with istio-mesh rotate root --back.',
  };
}
