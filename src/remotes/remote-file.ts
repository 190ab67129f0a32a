import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Mesh } from '../mesh/mesh';

/** The folder with the kubeconfigs of joined clusters. */
export function remotesFolder(mesh: Mesh, directory: string): string {
  return resolve(directory, mesh.remotes);
}

/** The file with the kubeconfig of a joined cluster. */
export function remoteFile(mesh: Mesh, directory: string, clusterName: string): string {
  return join(remotesFolder(mesh, directory), `${clusterName}.yaml`);
}

/** The name of a remote's file in messages: as mesh.yaml says it, such as remotes/cluster1.yaml. */
export function shownRemoteFile(mesh: Mesh, clusterName: string): string {
  return join(mesh.remotes, `${clusterName}.yaml`);
}

/** What writing a remote's file did. */
export type Written = 'new' | 'changed' | 'unchanged';

/**
 * Writes a file with credentials as a whole or not at all, for its owner's eyes only. A file that holds
 * the same text already is left as it is.
 */
export function writeRemoteFile(file: string, text: string): Written {
  return writeWhole(file, text, 0o600);
}

/** Writes a file that anybody may read in the same way. */
export function writePublicFile(file: string, text: string): Written {
  return writeWhole(file, text, 0o644);
}

function writeWhole(file: string, text: string, mode: 0o600 | 0o644): Written {
  const earlier = readIfThere(file);
  if (earlier === text) {
    if (mode === 0o600) chmodSync(file, mode);
    return 'unchanged';
  }
  mkdirSync(dirname(file), { recursive: true });
  const beside = join(dirname(file), `.${randomUUID()}`);
  try {
    writeFileSync(beside, text, { mode, flag: 'wx' });
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
  return earlier === undefined ? 'new' : 'changed';
}

/** The text of a file; undefined where there is no file. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
