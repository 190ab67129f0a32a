import { chmodSync, closeSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncPath } from './durable';
import { readIfExists } from './existing-files';
import { makeFolder } from './make-folder';
import { type FileMode, removeAbandonedFiles, StagedFiles, stagedPath } from './staged-files';
import { systemErrorCode } from './system-error';

/** What {@link replaceFile} did. */
export type WriteResult = 'new' | 'changed' | 'unchanged';

/**
 * Writes a file completely or not at all. If the file already holds the same text, only its mode is
 * restricted where `mode` is 0600.
 */
export function replaceFile(file: string, text: string, mode: FileMode): WriteResult {
  const earlier = readIfExists(file);
  if (earlier === text) {
    if (mode === 0o600) chmodSync(file, mode);
    return 'unchanged';
  }
  const staged = new StagedFiles();
  try {
    staged.add(file, text, mode);
    staged.replaceTargets();
  } finally {
    staged.discard();
  }
  removeAbandonedFiles(dirname(file));
  return earlier === undefined ? 'new' : 'changed';
}

/**
 * Creates a file in a folder that only its owner can enter. Several processes can call this at the same
 * time, and each can be killed at any moment: the file exists with its complete text or not at all, and
 * an existing file is never overwritten.
 *
 * @param name the path of the file within the folder
 * @returns whether the file was created; false if it existed already
 */
export function createFile(folder: string, name: string, text: string, mode: FileMode): boolean {
  const target = join(folder, name);
  const staged = stagedPath(folder);
  try {
    makeFolder(folder, 0o700);
    makeFolder(dirname(target), 0o700);
    writeDurably(staged, text, mode);
    const isNew = linkUnlessExists(staged, target);
    // What is made from this file must not outlive it.
    if (isNew) for (const each of [dirname(target), folder]) syncPath(each);
    return isNew;
  } finally {
    rmSync(staged, { force: true });
  }
}

function writeDurably(path: string, text: string, mode: FileMode): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Unlike a rename, a link fails if the target exists. */
function linkUnlessExists(staged: string, target: string): boolean {
  try {
    linkSync(staged, target);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
