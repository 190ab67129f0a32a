import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { systemErrorCode } from './system-error';

/**
 * Creates a folder and its parents, unless they exist.
 *
 * It does not use the option `recursive`: where mkdir fails with ENOENT although the parent exists, as in /proc,
 * Node would retry for ever.
 *
 * @param mode the mode of the folder itself; its parents get the default mode
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder);
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST' || !isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
