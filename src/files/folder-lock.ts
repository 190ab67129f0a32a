import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeFolder } from './make-folder';
import { type ProcessIdentity, stateOf, thisProcess } from './running-process';
import { systemErrorCode } from './system-error';

/** The process that holds a lock. */
export type Holder = Pick<ProcessIdentity, 'pid' | 'host'>;

/** How long a process waits for a lock, in milliseconds. */
const patience = 10 * 60_000;
/** How long the lock of a process on another machine, whose end cannot be seen, counts, in milliseconds. */
const lease = 15 * 60_000;
/** How long a lock without content, which its process is still writing, counts, in milliseconds. */
const writing = 10_000;
const interval = 100;

interface LockContent extends ProcessIdentity {
  readonly id: string;
}

/** A lock that another process holds for too long. */
export class LockTimeout extends Error {
  constructor(
    readonly file: string,
    readonly holder: Holder,
  ) {
    super(`The process ${holder.pid} holds ${file}.`);
  }
}

/**
 * A file beside a folder that only one process at a time can create. The lock of a process that has ended does not
 * count. Its file is removed when the lock is released.
 */
export class FolderLock {
  private readonly content: LockContent = { id: randomUUID(), ...thisProcess() };

  private constructor(private readonly file: string) {}

  /**
   * Waits until no other process has locked a folder, and locks it.
   *
   * @param onWait receives the process to wait for, once
   * @throws LockTimeout if another process holds the lock for more than ten minutes
   */
  static async acquire(folder: string, onWait: (holder: Holder) => void): Promise<FolderLock> {
    const lock = new FolderLock(lockFile(folder));
    for (const _ of lock.attempts(onWait)) await setTimeout(interval);
    return lock;
  }

  /** Does the same in a function that is not asynchronous. */
  static acquireSync(folder: string, onWait: (holder: Holder) => void): FolderLock {
    const lock = new FolderLock(lockFile(folder));
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (const holder of lock.attempts(onWait)) {
      // This process cannot release its lock while it waits here.
      if (holder.pid === process.pid) throw new LockTimeout(lock.file, holder);
      Atomics.wait(pause, 0, 0, interval);
    }
    return lock;
  }

  /** Lets others lock the folder. */
  release(): void {
    if (parseContent(readText(this.file) ?? '')?.id === this.content.id) rmSync(this.file, { force: true });
  }

  /** Gives the holder after each failed attempt, and ends once this process has the lock. */
  private *attempts(onWait: (holder: Holder) => void): Generator<Holder> {
    const start = Date.now();
    let isAnnounced = false;
    while (!this.create(this.file, JSON.stringify(this.content))) {
      const holder = this.currentHolder();
      if (holder === undefined) continue;
      if (!isAnnounced) onWait(holder);
      isAnnounced = true;
      if (Date.now() - start > patience) throw new LockTimeout(this.file, holder);
      yield holder;
    }
  }

  /** Who holds the lock; undefined if it is free to try again. */
  private currentHolder(): Holder | undefined {
    const text = readText(this.file);
    if (text === undefined) return undefined;
    const content = parseContent(text);
    if (isHeld(this.file, content)) return content ?? { pid: 0, host: '' };
    this.removeStale(text, content?.id ?? 'empty');
    return undefined;
  }

  /** Of all processes that see the same stale lock, only one removes it: the one that creates a file named after it. */
  private removeStale(text: string, id: string): void {
    const claim = `${this.file}.${id}`;
    if (!this.create(claim, '')) {
      // A process that ended while it held the claim.
      if (ageOf(claim) > writing) rmSync(claim, { force: true });
      return;
    }
    if (readText(this.file) === text) rmSync(this.file, { force: true });
    rmSync(claim, { force: true });
  }

  private create(file: string, text: string): boolean {
    try {
      writeFileSync(file, text, { flag: 'wx', mode: 0o644 });
      return true;
    } catch (error) {
      if (systemErrorCode(error) === 'EEXIST') return false;
      throw error;
    }
  }
}

function lockFile(folder: string): string {
  const target = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  makeFolder(dirname(target));
  return join(dirname(target), `.${basename(target)}.lock`);
}

function isHeld(file: string, content: LockContent | undefined): boolean {
  if (content === undefined) return ageOf(file) < writing;
  const state = stateOf(content);
  return state === 'running' || (state === 'unknown' && ageOf(file) < lease);
}

function ageOf(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseContent(text: string): LockContent | undefined {
  try {
    const content = JSON.parse(text);
    return typeof content?.id === 'string' && typeof content.pid === 'number' ? content : undefined;
  } catch {
    return undefined;
  }
}
