import { execFileSync } from 'node:child_process';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { systemErrorCode } from './system-error';

/** With more files, one call for the whole file system takes less time than one for each file. */
const fewFiles = 64;

/**
 * Makes files and folders survive a power failure. Without this, a file system may write a new name to the disk
 * before the content that it names.
 *
 * @param paths files and folders on one file system
 */
export function makeDurable(paths: readonly string[]): void {
  const [first] = paths;
  if (first === undefined || (paths.length > fewFiles && syncFileSystem(first))) return;
  for (const path of paths) syncPath(path);
}

/** Only Linux has a program that syncs one file system. */
function syncFileSystem(path: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('sync', ['-f', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Syncs a file or a folder. Some file systems, and Windows, cannot sync folders. */
export function syncPath(path: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    fsyncSync(descriptor);
  } catch (error) {
    if (!['EINVAL', 'EISDIR', 'EPERM', 'EACCES', 'ENOTSUP', 'EBADF'].includes(systemErrorCode(error)))
      throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
