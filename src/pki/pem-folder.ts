import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFile, replaceFile } from '../files/atomic-file';
import { isReadableByOthers, namesIfExists, readIfExists } from '../files/existing-files';
import { type FileMode, removeAbandonedFiles } from '../files/staged-files';
import { systemErrorReason } from '../files/system-error';
import { MeshError, type Problem } from '../problems/problem';

/**
 * A folder of PEM files, which only a rotation overwrites. Several processes can write to it at the same time, and each
 * can be killed at any moment: a file exists completely or not at all.
 */
export class PemFolder {
  /**
   * @param path the path of the folder
   * @param shown the path as messages show it
   */
  constructor(
    readonly path: string,
    readonly shown: string,
  ) {}

  /** The location of a file's problems; `name` is its path within the folder. */
  location(name: string): { readonly file: string } {
    return { file: join(this.shown, name) };
  }

  /** Reads a file; undefined if it does not exist, or after adding a problem if it cannot be read. */
  read(name: string, problems: Problem[]): string | undefined {
    return this.readWith((path) => readIfExists(path, 'secret'), name, problems);
  }

  /** The names of the files and folders in this folder; none if it does not exist. */
  names(problems: Problem[]): string[] {
    return this.readWith(namesIfExists, '', problems) ?? [];
  }

  /** The names of the files in a folder within this one; none if it does not exist. */
  namesIn(folder: string, problems: Problem[]): string[] {
    return this.readWith(namesIfExists, folder, problems) ?? [];
  }

  /** Whether a file exists. */
  exists(name: string): boolean {
    return existsSync(join(this.path, name));
  }

  /** Whether other users of this machine can read a file. */
  isReadableByOthers(name: string): boolean {
    return isReadableByOthers(join(this.path, name));
  }

  /**
   * Reads a file, or creates it if it does not exist.
   *
   * @param content called only if the file does not exist
   * @returns the content of the file, and whether this call created it
   * @throws MeshError if the file can be neither read nor created
   */
  readOrCreate(
    name: string,
    mode: FileMode,
    content: () => string,
  ): { readonly text: string; readonly created: boolean } {
    const existing = this.readOrThrow(name);
    if (existing !== undefined) return { text: existing, created: false };
    const text = content();
    if (this.create(name, mode, text)) return { text, created: true };
    // Another process created the file in the meantime.
    const other = this.readOrThrow(name);
    if (other !== undefined) return { text: other, created: false };
    throw new MeshError([this.unreadable(name, 'the symbolic link is broken')]);
  }

  /**
   * Writes a file, and replaces an existing one.
   *
   * @returns whether the file changed
   * @throws MeshError if the file cannot be written
   */
  replace(name: string, mode: FileMode, text: string): boolean {
    return this.writing(name, () => replaceFile(join(this.path, name), text, mode) !== 'unchanged');
  }

  /**
   * Removes a file or an empty folder, if it exists. A folder with files stays.
   *
   * @returns whether it existed
   * @throws MeshError if it cannot be removed
   */
  remove(name: string): boolean {
    return this.writing(name, () => {
      const path = join(this.path, name);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined || (stats.isDirectory() && readdirSync(path).length > 0)) return false;
      if (stats.isDirectory()) rmdirSync(path);
      else rmSync(path);
      return true;
    });
  }

  /** Removes files that a killed process left behind while it created files. */
  removeAbandoned(): void {
    if (this.names([]).length > 0) removeAbandonedFiles(this.path);
  }

  private readOrThrow(name: string): string | undefined {
    const problems: Problem[] = [];
    const text = this.read(name, problems);
    MeshError.throwIfAny(problems);
    return text;
  }

  private create(name: string, mode: FileMode, text: string): boolean {
    return this.writing(name, () => createFile(this.path, name, text, mode));
  }

  private writing<T>(name: string, write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw new MeshError([this.unwritable(name, systemErrorReason(error))]);
    }
  }

  private readWith<T>(read: (path: string) => T, name: string, problems: Problem[]): T | undefined {
    try {
      return read(join(this.path, name));
    } catch (error) {
      problems.push(this.unreadable(name, systemErrorReason(error)));
      return undefined;
    }
  }

  private unreadable(name: string, reason: string): Problem {
    return {
      code: 'CA-FILE',
      location: this.location(name),
      message: `It cannot be read: ${reason}.`,
      hint: 'Replace it with a readable file, or remove it so that a new one is issued.',
    };
  }

  private unwritable(name: string, reason: string): Problem {
    return {
      code: 'CA-WRITE',
      location: this.location(name),
      message: `It cannot be written: ${reason}.`,
      hint: `Make the folder ${this.shown} writable.`,
    };
  }
}
