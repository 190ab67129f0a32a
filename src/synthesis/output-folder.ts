import { lstatSync, mkdirSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Leftover, replaceFolder } from '../files/atomic-folder';
import { LockTimeout } from '../files/folder-lock';
import type { OutputFile } from '../files/output-file';
import { NewOwner } from '../files/owner';
import { systemErrorCode, systemErrorReason } from '../files/system-error';
import { MeshError, type Problem } from '../problems/problem';
import { shellWord } from '../problems/suggestion';
import { EarlierOutput, outputListName } from './earlier-output';

/**
 * Writes an output folder, completely or not at all. Removes the files that an earlier run wrote and this
 * run does not; keeps all other files.
 *
 * @returns warnings about earlier output that cannot be removed
 * @throws MeshError if the folder cannot be written
 */
export function writeOutput(outdir: string, files: readonly OutputFile[]): Problem[] {
  return reportingWriteErrors(outdir, () => {
    const leftovers = replaceFolder(outdir, (next, existing) => {
      if (existing === undefined) return new NewOutput(next, NewOwner.like(dirname(next))).write(files);
      const earlier = new EarlierOutput(existing);
      MeshError.throwIfAny(earlier.problems(files, outdir));
      const written = new NewOutput(next, NewOwner.like(existing), earlier).write(files);
      earlier.keepForeignFiles(next, new Set(files.map(({ path }) => path)));
      return [...written, ...earlier.keepAttributes(next)];
    });
    return leftovers.map(leftoverWarning);
  });
}

/** The folder that takes the place of the output folder. */
class NewOutput {
  /** The new files and folders. */
  private readonly created: string[] = [];
  private readonly folders = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly owner: NewOwner,
    private readonly earlier?: EarlierOutput,
  ) {}

  /** Returns the paths of what it has created, and not linked. */
  write(files: readonly OutputFile[]): readonly string[] {
    this.makeFolder(this.folder);
    const list = join(this.folder, outputListName);
    this.writeFile(
      list,
      files
        .map(({ path }) => `${path}\n`)
        .sort()
        .join(''),
      0o644,
    );
    const newFile = lstatSync(list);
    for (const file of files) this.addFile(file, newFile);
    return this.created;
  }

  private addFile(file: OutputFile, newFile: Stats): void {
    const target = join(this.folder, file.path);
    this.makeFolder(dirname(target));
    if (this.earlier?.linkUnchanged(file, target, newFile)) return;
    this.writeFile(target, file.content, file.secrecy === 'secret' ? 0o600 : 0o644);
  }

  private writeFile(path: string, content: string, mode: number): void {
    writeFileSync(path, content, { mode, flag: 'wx' });
    this.owner.giveTo(path);
    this.created.push(path);
  }

  private makeFolder(path: string): void {
    if (this.folders.has(path)) return;
    if (path !== this.folder) this.makeFolder(dirname(path));
    mkdirSync(path);
    this.owner.giveTo(path);
    this.folders.add(path);
    this.created.push(path);
  }
}

/** Runs an action that writes the output, and throws what the operating system reports as a MeshError. */
export function reportingWriteErrors<T>(outdir: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw writeError(outdir, error);
  }
}

/** What a failure to write the output means for the user. */
export function writeError(outdir: string, error: unknown): MeshError {
  if (error instanceof MeshError) return error;
  if (error instanceof LockTimeout) return locked(outdir, error);
  const isMount = ['EBUSY', 'EXDEV'].includes(systemErrorCode(error));
  return new MeshError([
    {
      code: 'OUTPUT-WRITE',
      location: { file: outdir },
      message: `The output folder cannot be written: ${systemErrorReason(error)}.`,
      hint: isMount
        ? 'The folder is a mount point, which cannot be replaced. Write to a folder inside it.'
        : 'Make the folder and its parent folder writable, free space for a second copy of the output, or choose another folder with CDK8S_OUTDIR.',
    },
  ]);
}

function locked(outdir: string, { file, holder }: LockTimeout): MeshError {
  return new MeshError([
    {
      code: 'OUTPUT-LOCKED',
      location: { file: outdir },
      message: `Process ${holder.pid} on ${holder.host.split(' ')[0]} writes this folder, and does not end.`,
      hint: `Wait for it, or end it. If it does not exist, delete ${file}.`,
    },
  ]);
}

function leftoverWarning({ path, reason }: Leftover): Problem {
  return {
    code: 'OUTPUT-LEFTOVER',
    location: { file: path },
    message: `The output is written, but this copy of an earlier one, which can contain keys, cannot be removed: ${reason}.`,
    hint: `Remove it with the rights of its owner: sudo rm -r ${shellWord(path)}. Unmount what is mounted in it first.`,
  };
}
