import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { replaceFile } from '../files/atomic-file';
import { namesIfExists } from '../files/existing-files';
import { readUtf8 } from '../files/read-file';
import { systemErrorReason } from '../files/system-error';
import { withoutCluster } from '../mesh/file/remove-cluster';
import { type Cluster, findCluster, type Mesh, unknownCluster } from '../mesh/mesh';
import { loadMesh, parseMesh } from '../mesh/mesh-file';
import { clusterFileNames } from '../pki/rotation/cluster-files';
import { lockingCertificates } from '../pki/rotation/locked-certificates';
import { rotationFolders } from '../pki/rotation/rotation-folders';
import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { lockingRemotes } from '../remotes/locked-remotes';
import { inputsOf } from './cluster-inputs';
import { earlierFiles } from './earlier-output';
import { earlierOutdir } from './output-location';

/** What the removal of a cluster changes. Nothing is changed yet. */
export interface Removal {
  readonly name: string;
  readonly directory: string;
  readonly meshFile: string;
  /** The mesh without the cluster. */
  readonly mesh: Mesh;
  /** The cluster; undefined if mesh.yaml has it no longer, and only its files are left. */
  readonly cluster?: Cluster;
  /** The new text of mesh.yaml; undefined if it stays. */
  readonly definition?: string;
  /** The clusters whose `peers` in mesh.yaml named it. */
  readonly readers: readonly string[];
  /** The clusters that read it, and those that it read. */
  readonly readBy: readonly Cluster[];
  readonly reads: readonly Cluster[];
  /** The files to delete, as messages show them. */
  readonly files: readonly string[];
}

/**
 * Plans the removal of a cluster. Also completes one that was interrupted: then only files are left.
 *
 * @throws MeshError if the mesh has no such cluster, or is not valid without it
 */
export function planRemoval(meshFile: string, name: string): Removal {
  const before = loadMesh(meshFile);
  const directory = dirname(meshFile);
  const cluster = findCluster(before, name);
  const files = filesOf(before, directory, name);
  const plan = { name, directory, meshFile, files };
  if (cluster === undefined) {
    MeshError.throwIfAny(
      wasRemoved(directory, name) && files.length > 0 ? [] : [unknown(before, meshFile, name, files)],
    );
    return { ...plan, mesh: before, readers: [], readBy: [], reads: [] };
  }
  MeshError.throwIfAny(before.clusters.length === 1 ? [lastCluster(meshFile, name)] : []);
  const edited = withoutCluster(readUtf8(meshFile, 'definition'), name);
  if (edited === undefined) throw new MeshError([notEditable(meshFile, name)]);
  const mesh = withoutIt(meshFile, name, edited.text);
  const among = (names: readonly string[]): Cluster[] =>
    mesh.clusters.filter((each) => names.includes(each.name));
  return {
    ...plan,
    mesh,
    cluster,
    definition: edited.text,
    readers: edited.readers,
    readBy: before.clusters.filter((each) => each.name !== name && each.peers.includes(name)),
    reads: among(cluster.peers),
  };
}

/**
 * Removes a cluster from mesh.yaml, and then its certificates, kubeconfig and encrypted Secrets. An interrupted removal is
 * completed by the next one.
 *
 * @throws MeshError if a file cannot be changed
 */
export async function removeCluster(removal: Removal, progress: Progress): Promise<void> {
  const { directory, meshFile, mesh, definition, files } = removal;
  const removeAll = async () => {
    // The definition comes first: without it, a synthesis would issue the certificate again.
    if (definition !== undefined) change(meshFile, () => replaceFile(meshFile, definition, modeOf(meshFile)));
    for (const file of files) change(file, () => remove(resolve(directory, file)));
  };
  await lockingCertificates(mesh, directory, progress, () =>
    lockingRemotes(mesh, directory, progress, removeAll),
  );
}

function modeOf(file: string): 0o600 | 0o644 {
  return (lstatSync(file).mode & 0o077) === 0 ? 0o600 : 0o644;
}

/** Removes a file, and the folder that it leaves empty. */
function remove(path: string): void {
  rmSync(path, { force: true });
  const folder = dirname(path);
  if ((namesIfExists(folder) ?? ['']).length === 0) rmdirSync(folder);
}

function change(file: string, action: () => unknown): void {
  try {
    action();
  } catch (error) {
    const message = `It cannot be changed: ${systemErrorReason(error)}.`;
    const hint = 'Make it writable, and run the command again, which completes the removal.';
    throw new MeshError([{ code: 'SYSTEM-ERROR', location: { file }, message, hint }]);
  }
}

/** The files of a cluster among the inputs, without those of others that may be in the same folders. */
function filesOf(mesh: Mesh, directory: string, name: string): string[] {
  const { certificates, secrets } = mesh;
  const folders = [
    certificates.directory,
    ...Object.values(rotationFolders).map((each) => join(certificates.directory, each)),
  ];
  const encrypted = join(secrets.directory, name);
  const candidates = inputsOf(mesh, name, {
    certificates: folders.flatMap((folder) => clusterFileNames.map((file) => join(folder, name, file))),
    encrypted: namesIn(resolve(directory, encrypted))
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => join(encrypted, file)),
  });
  return candidates.filter((file) => isFile(resolve(directory, file)));
}

function namesIn(folder: string): string[] {
  return isFile(folder, 'folder') ? readdirSync(folder).sort() : [];
}

function isFile(path: string, kind: 'file' | 'folder' = 'file'): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.isDirectory() === (kind === 'folder');
}

/** The mesh without a cluster. The positions of problems would be those of a text that the user does not have. */
function withoutIt(meshFile: string, name: string, text: string): Mesh {
  try {
    return parseMesh(text, meshFile);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    throw new MeshError(
      error.problems.map(({ code, message, hint }) => ({
        code,
        location: { file: meshFile },
        message: `Without ${name}: ${message}`,
        hint: `Change mesh.yaml so that it is valid without ${name}. ${hint}`,
      })),
    );
  }
}

/** Whether the output still has a cluster that mesh.yaml has no longer. Files alone can be those of another mesh. */
function wasRemoved(directory: string, name: string): boolean {
  const outdir = earlierOutdir(directory);
  return outdir !== undefined && earlierFiles(outdir).some((path) => path.startsWith(`${name}/`));
}

function unknown({ clusters }: Mesh, file: string, name: string, files: readonly string[]): Problem {
  const problem = unknownCluster(
    name,
    clusters.map((each) => each.name),
  );
  const left =
    files.length === 0 ? '' : ` If it was removed before, delete what is left of it: ${files.join(', ')}.`;
  return { ...problem, location: { file }, hint: problem.hint + left };
}

function lastCluster(file: string, name: string): Problem {
  return {
    code: 'MESH-VALUE',
    location: { file },
    message: `${name} is the only cluster of the mesh.`,
    hint: 'To give up the mesh, delete Istio from the cluster, and then this folder.',
  };
}

function notEditable(file: string, name: string): Problem {
  return {
    code: 'MESH-VALUE',
    location: { file },
    message: `${name} is not an entry of its own in clusters, for example because the list is an alias.`,
    hint: `Remove ${name} from ${file} by hand, and run the command again.`,
  };
}
