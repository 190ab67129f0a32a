import { existsSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from './make-folder';
import { systemErrorCode } from './system-error';

/**
 * Replaces a folder as a whole: fills a new folder beside it, then swaps the two. A failure leaves the
 * existing folder unchanged; the next call cleans up after a process that was killed.
 *
 * @param fill writes into the new folder, which does not exist yet, and may link to files of the
 * existing one; undefined if there is none
 */
export function replaceFolder(
  folder: string,
  fill: (next: string, existing: string | undefined) => void,
): void {
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const next = pathBeside(target, 'next');
  try {
    makeFolder(dirname(target));
    finishInterrupted(target);
    fill(next, existsSync(target) ? target : undefined);
    swap(target, next);
  } catch (error) {
    rmSync(next, { recursive: true, force: true });
    throw error;
  }
}

/** A path on the same file system that only this process uses. */
function pathBeside(target: string, state: 'next' | 'previous'): string {
  return join(dirname(target), `.${basename(target)}.${state}-${process.pid}`);
}

/** Restores a folder that a killed process had moved away, and removes what else it left behind. */
function finishInterrupted(target: string): void {
  const leftover = new RegExp(`^\\.${escapeRegExp(basename(target))}\\.(next|previous)-(\\d+)$`);
  for (const name of readdirSync(dirname(target))) {
    const [, state, pid] = leftover.exec(name) ?? [];
    if (pid === undefined || (Number(pid) !== process.pid && isRunning(Number(pid)))) continue;
    const path = join(dirname(target), name);
    if (state === 'previous' && !existsSync(target)) renameSync(path, target);
    else rmSync(path, { recursive: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

function swap(target: string, next: string): void {
  const previous = pathBeside(target, 'previous');
  if (existsSync(target)) renameSync(target, previous);
  try {
    renameSync(next, target);
  } catch (error) {
    if (existsSync(previous)) renameSync(previous, target);
    throw error;
  }
  rmSync(previous, { recursive: true, force: true });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
