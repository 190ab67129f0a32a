import { chmodSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mountsWithin } from './mounts';
import { systemErrorReason } from './system-error';

/**
 * Removes a folder, also with folders in it that are read-only, but nothing on another file system.
 *
 * @returns why it cannot be removed; undefined after success
 */
export function removeTree(folder: string): string | undefined {
  try {
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
    const [mount] = mountsWithin(folder);
    if (mount !== undefined) return `${mount} is a mount point`;
    try {
      rmSync(folder, { recursive: true });
    } catch {
      makeFoldersWritable(folder);
      rmSync(folder, { recursive: true });
    }
    return undefined;
  } catch (error) {
    return systemErrorReason(error);
  }
}

function makeFoldersWritable(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) makeFoldersWritable(join(folder, entry.name));
  }
}
