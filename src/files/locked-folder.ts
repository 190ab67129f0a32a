import { MeshError, type Problem } from '../problems/problem';
import type { Progress } from '../problems/progress';
import { FolderLock, LockTimeout } from './folder-lock';

/** What is done while a folder is locked. */
export interface LockedWork {
  readonly folder: string;
  /** The folder, as messages show it. */
  readonly shown: string;
  /** What a process does that holds the lock, such as `rotates the certificates`. */
  readonly does: string;
  /** The code of the problem if it does not end. */
  readonly code: Problem['code'];
}

/**
 * Runs an action while no other process does the same work in a folder.
 *
 * @throws MeshError if the other process does not end
 */
export async function lockingFolder<T>(
  { folder, shown, does, code }: LockedWork,
  progress: Progress,
  action: () => Promise<T>,
): Promise<T> {
  const lock = await FolderLock.acquire(folder, ({ pid }) =>
    progress(`Waiting for process ${pid}, which ${does} in ${shown}`),
  ).catch((error: unknown) => {
    if (!(error instanceof LockTimeout)) throw error;
    const { file, holder } = error;
    const message = `The process ${holder.pid} on ${holder.host} ${does}, and has not ended.`;
    const hint = `Wait for it, or end it. If it does not exist, remove ${file}.`;
    throw new MeshError([{ code, location: { file: shown }, message, hint }]);
  });
  try {
    return await action();
  } finally {
    lock.release();
  }
}
