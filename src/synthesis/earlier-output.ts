import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { readIfExists } from '../files/existing-files';
import { FileComparison, linkOrCopy, tryToLink } from '../files/linked-file';
import { makeFolder } from '../files/make-folder';
import { mountsWithin } from '../files/mounts';
import type { OutputFile } from '../files/output-file';
import { keepFolderAttributes } from '../files/owner';
import type { Problem } from '../problems/problem';

/** Lists the files of an output folder that this package wrote: it never removes any others. */
export const outputListName = '.istio-mesh-files';

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
export class EarlierOutput {
  /** The paths of the files that the earlier run wrote. */
  private readonly written: ReadonlySet<string>;
  private readonly comparison = new FileComparison();

  constructor(private readonly folder: string) {
    this.written = new Set(earlierFiles(folder));
  }

  /**
   * What prevents the replacement of the folder: mounts, which move with it, and files of others at paths that the
   * output needs.
   *
   * @param shown the folder in messages
   */
  problems(files: readonly OutputFile[], shown: string): Problem[] {
    const mounts = mountsWithin(this.folder).map(
      (path): Problem => ({
        code: 'OUTPUT-WRITE',
        location: { file: path },
        message: 'This folder or file is a mount point, so the output folder cannot be replaced.',
        hint: 'Unmount it, or write to another folder.',
      }),
    );
    const occupied = new Set(files.flatMap((file) => this.foreignPath(file) ?? []));
    return [...mounts, ...[...occupied].map((path) => occupiedPath(join(shown, path)))];
  }

  /** A file of others, or a symbolic link, at the path of a file or of one of its folders. */
  private foreignPath({ path, content }: OutputFile): string | undefined {
    if (this.written.has(path)) return undefined;
    const parts = path.split('/');
    for (let length = 1; length <= parts.length; length += 1) {
      const part = parts.slice(0, length).join('/');
      const stats = lstatSync(join(this.folder, part), { throwIfNoEntry: false });
      if (stats === undefined || this.written.has(part)) return undefined;
      const isFolder = stats.isDirectory();
      if (length === parts.length) return isFolder || this.isText(part, stats, content) ? undefined : part;
      if (!isFolder) return part;
    }
    return undefined;
  }

  /** Whether a file is one that this package could have written, for example before its list was deleted. */
  private isText(path: string, stats: Stats, content: string): boolean {
    return (
      stats.isFile() &&
      stats.size === Buffer.byteLength(content) &&
      readFileSync(join(this.folder, path), 'utf8') === content
    );
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

  /**
   * Gives the folders their modes and owners. Comes last, because a folder can be read-only.
   *
   * @returns the folders
   */
  keepAttributes(next: string, subfolder = ''): string[] {
    const entries = readdirSync(join(next, subfolder), { withFileTypes: true });
    const folders = entries.flatMap((entry) => {
      if (!entry.isDirectory()) return [];
      const path = join(subfolder, entry.name);
      const existing = lstatSync(join(this.folder, path), { throwIfNoEntry: false });
      return existing?.isDirectory() ? this.keepAttributes(next, path) : [];
    });
    const folder = join(next, subfolder);
    keepFolderAttributes(join(this.folder, subfolder), folder);
    return [...folders, folder];
  }
}

function occupiedPath(file: string): Problem {
  return {
    code: 'OUTPUT-EXISTS',
    location: { file },
    message: 'The output needs this path, but istio-mesh did not write the file that is there.',
    hint: 'Move or delete the file, or write to another folder.',
  };
}
