import { join, resolve } from 'node:path';
import { replaceFile, type WriteResult } from '../files/atomic-file';
import type { Mesh } from '../mesh/mesh';

/** The folder with the kubeconfigs of joined clusters. */
export function remotesFolder(mesh: Mesh, directory: string): string {
  return resolve(directory, mesh.remotes);
}

/** The file with the kubeconfig of a joined cluster. */
export function remoteFile(mesh: Mesh, directory: string, clusterName: string): string {
  return join(remotesFolder(mesh, directory), `${clusterName}.yaml`);
}

/** The path of a remote's file as messages show it: relative to mesh.yaml, such as remotes/cluster1.yaml. */
export function shownRemoteFile(mesh: Mesh, clusterName: string): string {
  return join(mesh.remotes, `${clusterName}.yaml`);
}

/** Writes a file with credentials, which only its owner can read, completely or not at all. */
export function writeRemoteFile(file: string, text: string): WriteResult {
  return replaceFile(file, text, 0o600);
}
