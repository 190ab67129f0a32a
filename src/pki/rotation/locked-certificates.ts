import { resolve } from 'node:path';
import { FolderLock, LockTimeout } from '../../files/folder-lock';
import type { Mesh } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';
import type { Progress } from '../../problems/progress';

/**
 * Runs an action while no other process rotates the certificates of a mesh.
 *
 * @throws MeshError if the other process does not end
 */
export async function lockingCertificates<T>(
  mesh: Mesh,
  directory: string,
  progress: Progress,
  action: () => Promise<T>,
): Promise<T> {
  const shown = mesh.certificates.directory;
  const lock = await FolderLock.acquire(resolve(directory, shown), ({ pid }) =>
    progress(`Waiting for process ${pid}, which rotates the certificates in ${shown}`),
  ).catch((error: unknown) => {
    if (!(error instanceof LockTimeout)) throw error;
    const { file, holder } = error;
    const message = `The process ${holder.pid} on ${holder.host} rotates the certificates, and has not ended.`;
    const hint = `Wait for it, or end it. If it does not exist, remove ${file}.`;
    throw new MeshError([{ code: 'CA-ROTATION', location: { file: shown }, message, hint }]);
  });
  try {
    return await action();
  } finally {
    lock.release();
  }
}
