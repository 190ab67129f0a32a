import { FolderLock, LockTimeout } from '../../files/folder-lock';
import type { Mesh } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';
import type { Progress } from '../../problems/progress';
import { remotesFolder } from '../../remotes/remote-file';

/**
 * Runs an action while no other process replaces the tokens of a mesh.
 *
 * @throws MeshError if the other process does not end
 */
export async function lockingRemotes<T>(
  mesh: Mesh,
  directory: string,
  progress: Progress,
  action: () => Promise<T>,
): Promise<T> {
  const { remotes: shown } = mesh;
  const lock = await FolderLock.acquire(remotesFolder(mesh, directory), ({ pid }) =>
    progress(`Waiting for process ${pid}, which replaces the tokens in ${shown}`),
  ).catch((error: unknown) => {
    if (!(error instanceof LockTimeout)) throw error;
    const { file, holder } = error;
    const message = `The process ${holder.pid} on ${holder.host} replaces the tokens, and has not ended.`;
    const hint = `Wait for it, or end it. If it does not exist, remove ${file}.`;
    throw new MeshError([{ code: 'LIVE-WRITE', location: { file: shown }, message, hint }]);
  });
  try {
    return await action();
  } finally {
    lock.release();
  }
}
