import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { MeshError, type Problem } from '../problems/problem';

/** Keys are for their owner alone. */
export type FileMode = 0o600 | 0o644;

/**
 * A folder of PEM files that are never overwritten. Several programs may write into it at once, and each
 * may be killed at any moment: a file is there as a whole or not at all.
 */
export class PemFolder {
  /**
   * @param path where the folder is
   * @param shown how the user named it, for problems to tell
   */
  constructor(
    readonly path: string,
    readonly shown: string,
  ) {}

  /** Where problems of a file are, given by its name within the folder. */
  location(name: string): { readonly file: string } {
    return { file: join(this.shown, name) };
  }

  /** The text of a file; undefined where there is none, or where it cannot be read, which is a problem. */
  read(name: string, problems: Problem[]): string | undefined {
    return this.unlessAbsent(name, problems, (path) => readFileSync(path, 'utf8'));
  }

  /** The names of the files and folders within; none where there is no folder. */
  names(problems: Problem[]): string[] {
    return this.unlessAbsent('', problems, (path) => readdirSync(path)) ?? [];
  }

  /** Whether other users of this machine can read a file. Windows has no such modes. */
  isOpenToOthers(name: string): boolean {
    const mode = statSync(join(this.path, name), { throwIfNoEntry: false })?.mode ?? 0;
    return process.platform !== 'win32' && (mode & 0o077) !== 0;
  }

  /**
   * Makes a file, unless there is one of that name.
   *
   * @param content called where there is none
   * @returns what the file holds then, and whether it was made now
   * @throws MeshError where it can be neither read nor written
   */
  make(
    name: string,
    mode: FileMode,
    content: () => string,
  ): { readonly text: string; readonly made: boolean } {
    const problems: Problem[] = [];
    const there = this.read(name, problems);
    MeshError.throwIfAny(problems);
    if (there !== undefined) return { text: there, made: false };
    const text = content();
    if (this.create(name, mode, text)) return { text, made: true };
    // Another program was faster: then its file counts.
    const others = this.read(name, problems);
    if (others !== undefined) return { text: others, made: false };
    throw new MeshError(problems.length > 0 ? problems : [this.unreadable(name, 'it is a link to nothing')]);
  }

  /** Removes what programs have left that were killed while they created a file. */
  removeAbandoned(): void {
    for (const name of this.names([]).filter((each) => each.startsWith(stagedPrefix))) {
      const path = join(this.path, name);
      // A staged file is needed for milliseconds; a younger one may be that of a program that runs now.
      const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 60_000) removeIfAllowed(path);
    }
  }

  private create(name: string, mode: FileMode, text: string): boolean {
    const target = join(this.path, name);
    const staged = join(this.path, `${stagedPrefix}${randomUUID()}`);
    try {
      makeFolder(this.path);
      makeFolder(dirname(target));
      writeDurably(staged, text, mode);
      return linkUnlessThere(staged, target);
    } catch (error) {
      throw new MeshError([this.unwritable(name, codeOf(error))]);
    } finally {
      rmSync(staged, { force: true });
    }
  }

  private unlessAbsent<T>(name: string, problems: Problem[], read: (path: string) => T): T | undefined {
    try {
      return read(join(this.path, name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') problems.push(this.unreadable(name, codeOf(error)));
      return undefined;
    }
  }

  private unreadable(name: string, why: string): Problem {
    const hint = 'Make it a file that you can read, or remove it to have it issued.';
    return { code: 'CA-FILE', location: this.location(name), message: `It cannot be read: ${why}.`, hint };
  }

  private unwritable(name: string, why: string): Problem {
    const hint = `Let the folder ${this.shown} be one that you can write to.`;
    return {
      code: 'CA-WRITE',
      location: this.location(name),
      message: `It cannot be written: ${why}.`,
      hint,
    };
  }
}

const stagedPrefix = '.istio-mesh-';

/** Only its owner may look into a folder of keys; folders above it are as any other. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  mkdirSync(dirname(path), { recursive: true });
  try {
    // Not recursively, although nothing more is to be made: where the system says that a folder cannot be
    // made because it is not there, as in /proc, Node tries for ever.
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function writeDurably(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function removeIfAllowed(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // In a folder that is only there to be read, it does no harm.
  }
}

/** Unlike a rename, a link fails where the name is taken. */
function linkUnlessThere(staged: string, target: string): boolean {
  try {
    linkSync(staged, target);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The code of what the operating system refused; other errors are mistakes of ours, and go on. */
function codeOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code;
}
