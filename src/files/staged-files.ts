import { randomUUID } from 'node:crypto';
import { readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDurable } from './durable';
import { makeFolder } from './make-folder';

/** The mode of a file that only its owner can read, or of one that everyone can read. */
export type FileMode = 0o600 | 0o644;

const prefix = '.istio-mesh-';

/** A new path in a folder, for a file that is written there before it gets its real name. */
export function stagedPath(folder: string): string {
  return join(folder, `${prefix}${randomUUID()}`);
}

/** Removes files from a folder that a killed process staged there. */
export function removeAbandonedFiles(folder: string): void {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(prefix))) {
    const path = join(folder, name);
    // Staging takes milliseconds; a recent file may belong to a process that is still running.
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > 60_000) removeIfPermitted(path);
  }
}

function removeIfPermitted(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // In a read-only folder an abandoned file does no harm.
  }
}

/**
 * Files that are first all written beside their targets, and then all renamed. A process that is killed
 * leaves each target either unchanged or complete.
 */
export class StagedFiles {
  private readonly files: { readonly staged: string; readonly target: string }[] = [];

  /** Writes a text beside its target; the file has its mode from the start. */
  add(target: string, text: string, mode: FileMode): void {
    const folder = dirname(target);
    makeFolder(folder);
    const staged = stagedPath(folder);
    this.files.push({ staged, target });
    writeFileSync(staged, text, { mode, flag: 'wx' });
  }

  /** Renames the staged files to their targets, replacing existing ones. */
  replaceTargets(): void {
    makeDurable(this.files.map(({ staged }) => staged));
    for (const { staged, target } of this.files) renameSync(staged, target);
    makeDurable([...new Set(this.files.map(({ target }) => dirname(target)))]);
  }

  /** Removes the staged files that were not renamed. */
  discard(): void {
    for (const { staged } of this.files) rmSync(staged, { force: true });
  }
}
