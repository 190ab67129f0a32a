import { readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { isSameOrWithin } from '../../files/folder-relations';
import { systemErrorReason } from '../../files/system-error';

/** A file that could not be searched. */
export interface Unsearched {
  readonly path: string;
  /** Why, as the end of a sentence. */
  readonly reason: string;
}

/** The largest file that is searched, in bytes. Files with keys and tokens of a mesh have a few kilobytes. */
export const largestFile = 256 * 1024 * 1024;

/** A file to search. */
interface FoundFile {
  /** The path within the folder. */
  readonly path: string;
  /** Equal for two names of one file. */
  readonly identity: string;
}

/** Finds the files below a folder, and reads them. What it cannot read, it lists. */
export class ScannedFiles {
  readonly files: FoundFile[] = [];
  readonly unsearched: Unsearched[] = [];

  constructor(private readonly folder: string) {
    this.findIn('');
  }

  /** The content of a file; undefined if it cannot be searched. */
  read({ path }: FoundFile): Buffer | undefined {
    return this.attempt(path, () => readFileSync(join(this.folder, path)));
  }

  private findIn(subfolder: string): void {
    const entries = this.attempt(subfolder, () =>
      readdirSync(join(this.folder, subfolder), { withFileTypes: true }),
    );
    for (const entry of (entries ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = subfolder === '' ? entry.name : `${subfolder}/${entry.name}`;
      if (entry.isDirectory()) this.findIn(path);
      else this.addFile(path, entry.isSymbolicLink());
    }
  }

  private addFile(path: string, isLink: boolean): void {
    const file = join(this.folder, path);
    // A link without a target leads to no content.
    const stats = this.attempt(path, () => statSync(file, { throwIfNoEntry: false }));
    if (stats === undefined) return;
    if (isLink && stats.isDirectory()) {
      if (!isSameOrWithin(realpathSync(file), this.folder)) {
        this.skip(path, 'it is a symbolic link to a folder elsewhere');
      }
    } else if (!stats.isFile()) this.skip(path, 'it is not a regular file');
    else if (stats.size > largestFile) this.skip(path, 'it is larger than 256 MiB');
    else this.files.push({ path, identity: identityOf(stats) });
  }

  private attempt<T>(path: string, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      this.skip(path, `it cannot be read: ${systemErrorReason(error)}`);
      return undefined;
    }
  }

  private skip(path: string, reason: string): void {
    this.unsearched.push({ path: join(this.folder, path), reason });
  }
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}
