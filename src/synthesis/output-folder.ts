import { lstatSync, readdirSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFolder } from '../files/atomic-folder';
import { readIfExists } from '../files/existing-files';
import { FileComparison, linkOrCopy, tryToLink } from '../files/linked-file';
import { makeFolder } from '../files/make-folder';
import type { OutputFile } from '../files/output-file';
import { systemErrorCode } from '../files/system-error';
import { MeshError } from '../problems/problem';

/** Lists the files of an output folder that this package wrote: it never removes any others. */
export const outputListName = '.istio-mesh-files';

/**
 * Writes an output folder, completely or not at all. Removes the files that an earlier run wrote and this
 * run does not; keeps all other files.
 *
 * @throws MeshError if the folder cannot be written
 */
export function writeOutput(outdir: string, files: readonly OutputFile[]): void {
  try {
    replaceFolder(outdir, (next, existing) => {
      const earlier = existing === undefined ? undefined : new EarlierOutput(existing);
      writeFiles(next, files, earlier);
      earlier?.keepForeignFiles(next, new Set(files.map(({ path }) => path)));
    });
  } catch (error) {
    throw notWritable(outdir, error);
  }
}

function writeFiles(folder: string, files: readonly OutputFile[], earlier: EarlierOutput | undefined): void {
  makeFolder(folder);
  const list = join(folder, outputListName);
  const paths = files.map(({ path }) => `${path}\n`).sort();
  writeFileSync(list, paths.join(''), { mode: 0o644 });
  const newFile = lstatSync(list);
  const folders = new Set([folder]);
  for (const file of files) {
    const target = join(folder, file.path);
    if (!folders.has(dirname(target))) makeFolder(dirname(target));
    folders.add(dirname(target));
    if (earlier?.linkUnchanged(file, target, newFile)) continue;
    writeFileSync(target, file.content, { mode: file.secrecy === 'secret' ? 0o600 : 0o644, flag: 'wx' });
  }
}

/** The paths of the files that an earlier run wrote to an output folder. */
export function earlierFiles(outdir: string): string[] {
  // git may have changed the line ends of the list.
  return (
    readIfExists(join(outdir, outputListName))
      ?.split(/\r?\n/)
      .filter((path) => path !== '') ?? []
  );
}

/** The output folder of the earlier run. */
class EarlierOutput {
  /** The paths of the files that the earlier run wrote. */
  private readonly written: ReadonlySet<string>;
  private readonly comparison = new FileComparison();

  constructor(private readonly folder: string) {
    this.written = new Set(earlierFiles(folder));
  }

  /**
   * Links an unchanged file into the new folder: this is faster than writing it and
   * removing the old one.
   *
   * @param newFile the owner and mode that a new public file gets
   * @returns false if the file changed, or cannot be linked
   */
  linkUnchanged({ path, content, secrecy }: OutputFile, target: string, newFile: Stats): boolean {
    if (!this.written.has(path)) return false;
    const existing = join(this.folder, path);
    const mode = secrecy === 'secret' ? 0o600 : newFile.mode & 0o777;
    const isLikeNew = (stats: Stats): boolean => stats.uid === newFile.uid && (stats.mode & 0o777) === mode;
    return this.comparison.isSame(existing, content, isLikeNew) && tryToLink(existing, target);
  }

  /** Links the files that others put into the folder, and makes the empty folders, into the new folder. */
  keepForeignFiles(next: string, written: ReadonlySet<string>, subfolder = ''): void {
    const entries = readdirSync(join(this.folder, subfolder), { withFileTypes: true });
    // This package writes no empty folders, so this one was made by others.
    if (entries.length === 0) makeFolder(join(next, subfolder));
    for (const entry of entries) {
      const path = subfolder === '' ? entry.name : `${subfolder}/${entry.name}`;
      if (entry.isDirectory()) this.keepForeignFiles(next, written, path);
      else if (path !== outputListName && !this.written.has(path) && !written.has(path)) {
        makeFolder(join(next, subfolder));
        linkOrCopy(join(this.folder, path), join(next, path));
      }
    }
  }
}

function notWritable(outdir: string, error: unknown): MeshError {
  const isMount = ['EBUSY', 'EXDEV'].includes(systemErrorCode(error));
  return new MeshError([
    {
      code: 'OUTPUT-WRITE',
      location: { file: outdir },
      message: `The output folder cannot be written: ${(error as Error).message}.`,
      hint: isMount
        ? 'The folder is a mount point, which cannot be replaced. Write to a folder inside it.'
        : 'Make the folder and its parent folder writable, or choose another folder with CDK8S_OUTDIR.',
    },
  ]);
}
