import { FolderLock, type Holder } from '../files/folder-lock';
import type { Progress } from '../problems/progress';
import { reportingWriteErrors, writeError } from './output-folder';

/**
 * Runs an action while no other process writes the same output folder.
 *
 * @param progress receives the process to wait for
 * @throws MeshError if the other process does not end, or the folder cannot be locked
 */
export async function lockingOutput<T>(
  outdir: string,
  progress: Progress,
  action: () => Promise<T>,
): Promise<T> {
  const lock = await FolderLock.acquire(outdir, announce(outdir, progress)).catch((error) => {
    throw writeError(outdir, error);
  });
  try {
    return await action();
  } finally {
    lock.release();
  }
}

/** Does the same in a function that is not asynchronous. */
export function lockingOutputSync<T>(outdir: string, progress: Progress, action: () => T): T {
  const lock = reportingWriteErrors(outdir, () => FolderLock.acquireSync(outdir, announce(outdir, progress)));
  try {
    return action();
  } finally {
    lock.release();
  }
}

function announce(outdir: string, progress: Progress): (holder: Holder) => void {
  return ({ pid }) => progress(`Waiting for process ${pid}, which writes ${outdir}`);
}
