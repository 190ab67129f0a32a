import {
  closeSync,
  copyFileSync,
  linkSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
  symlinkSync,
} from 'node:fs';

/** Gives a file or symbolic link a second path; copies it where the file system has no hard links. */
export function linkOrCopy(from: string, to: string): void {
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else if (!tryToLink(from, to)) copyFileSync(from, to);
}

/** Hard links a file; false if that is impossible, such as across file systems or for a file of another user. */
export function tryToLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/** Compares files with texts. It reuses its memory, which saves time for large files. */
export class FileComparison {
  private expected = Buffer.alloc(0);
  private actual = Buffer.alloc(0);

  /**
   * Whether a file is a regular file with exactly this text; false if it cannot be read.
   *
   * @param hasRightStats checks its owner and mode, before its content is read
   */
  isSame(file: string, text: string, hasRightStats: (stats: Stats) => boolean): boolean {
    try {
      const stats = lstatSync(file);
      const size = Buffer.byteLength(text);
      if (!stats.isFile() || stats.size !== size || !hasRightStats(stats)) return false;
      this.reserve(size);
      this.expected.write(text);
      return this.read(file, size) === size && this.expected.compare(this.actual, 0, size, 0, size) === 0;
    } catch {
      return false;
    }
  }

  private reserve(size: number): void {
    if (this.expected.length >= size) return;
    this.expected = Buffer.alloc(size);
    this.actual = Buffer.alloc(size);
  }

  private read(file: string, size: number): number {
    const descriptor = openSync(file, 'r');
    try {
      return readSync(descriptor, this.actual, 0, size, 0);
    } finally {
      closeSync(descriptor);
    }
  }
}
