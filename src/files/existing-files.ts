import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type InputKind, readText } from './read-file';
import { systemErrorCode } from './system-error';

/**
 * Reads a text file; undefined if there is no such file.
 *
 * @throws InputFileError if it is not a regular file, or is too large for its kind
 */
export function readIfExists(file: string, kind?: InputKind): string | undefined {
  return ifExists(() => readText(file, kind));
}

/** Lists the names in a folder; undefined if there is no such folder. */
export function namesIfExists(folder: string): string[] | undefined {
  return ifExists(() => readdirSync(folder));
}

/** Lists the files below a folder as sorted paths relative to it; none if there is no such folder. */
export function filesBelow(folder: string, subfolder = ''): string[] {
  const entries = ifExists(() => readdirSync(join(folder, subfolder), { withFileTypes: true })) ?? [];
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap((entry) => {
    const path = subfolder === '' ? entry.name : `${subfolder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(folder, path);
    return entry.isFile() ? [path] : [];
  });
}

/** Whether other users of this machine can read a file. Always false on Windows, which has no such modes. */
export function isReadableByOthers(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return process.platform !== 'win32' && (mode & 0o077) !== 0;
}

function ifExists<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
