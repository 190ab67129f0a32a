import { existsSync, readdirSync, realpathSync, renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeDurable, syncPath } from './durable';
import { makeFolder } from './make-folder';
import { removeTree } from './remove-tree';
import { isRunning } from './running-process';

/** An earlier folder that could not be removed. */
export interface Leftover {
  readonly path: string;
  readonly reason: string;
}

/**
 * Replaces a folder as a whole: fills a new folder beside it, then swaps the two. A failure leaves the
 * existing folder unchanged; the next call cleans up after a process that was killed.
 *
 * @param fill writes into the new folder, which does not exist yet, and may link to files of the
 * existing one, which is undefined if there is none; returns the files and folders that must reach the disk first
 * @returns what could not be removed: the folder is replaced nevertheless
 */
export function replaceFolder(
  folder: string,
  fill: (next: string, existing: string | undefined) => readonly string[],
): Leftover[] {
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const next = pathBeside(target, 'next');
  makeFolder(dirname(target));
  const interrupted = finishInterrupted(target);
  try {
    makeDurable(fill(next, existsSync(target) ? target : undefined));
    return [...interrupted, ...swap(target, next)];
  } catch (error) {
    removeTree(next);
    throw error;
  }
}

/** A path on the same file system that only this process uses. */
function pathBeside(target: string, state: 'next' | 'previous'): string {
  return join(dirname(target), `.${basename(target)}.${state}-${process.pid}`);
}

/** Restores a folder that a killed process had moved away, and removes what else it left behind. */
function finishInterrupted(target: string): Leftover[] {
  const leftover = new RegExp(`^\\.${escapeRegExp(basename(target))}\\.(next|previous)-(\\d+)$`);
  return readdirSync(dirname(target)).flatMap((name) => {
    const [, state, pid] = leftover.exec(name) ?? [];
    if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) return [];
    const path = join(dirname(target), name);
    if (state === 'next' || existsSync(target)) return remove(path);
    renameSync(path, target);
    return [];
  });
}

function swap(target: string, next: string): Leftover[] {
  const previous = pathBeside(target, 'previous');
  const hasPrevious = existsSync(target);
  if (hasPrevious) renameSync(target, previous);
  try {
    renameSync(next, target);
  } catch (error) {
    if (hasPrevious) renameSync(previous, target);
    throw error;
  }
  // The old files must not be gone before the new names are on the disk.
  syncPath(dirname(target));
  return hasPrevious ? remove(previous) : [];
}

function remove(path: string): Leftover[] {
  const reason = removeTree(path);
  return reason === undefined ? [] : [{ path, reason }];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
