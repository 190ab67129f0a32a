import { chmodSync, chownSync, lstatSync, type Stats, statSync } from 'node:fs';
import { systemErrorCode } from './system-error';

/** The owner that new files of root get: that of the folder which they are for. Without it, `sudo` would lock users out. */
export class NewOwner {
  private constructor(private readonly owner: Stats | undefined) {}

  /** The owner of files that are written for a folder. */
  static like(folder: string): NewOwner {
    const isRoot = process.getuid?.() === 0;
    const stats = isRoot ? statSync(folder) : undefined;
    return new NewOwner(stats?.uid === 0 && stats.gid === 0 ? undefined : stats);
  }

  /** Gives a new file or folder its owner. */
  giveTo(path: string): void {
    if (this.owner !== undefined) chownSync(path, this.owner.uid, this.owner.gid);
  }
}

/** Gives a folder the mode of another one, and the owner as far as this user may. */
export function keepFolderAttributes(from: string, to: string): void {
  const { uid, gid, mode } = statSync(from);
  const current = lstatSync(to);
  if (current.uid !== uid || current.gid !== gid) tryToChown(to, uid, gid);
  // After the owner, because chown clears some bits.
  if ((current.mode & 0o7777) !== (mode & 0o7777) || current.gid !== gid) chmodSync(to, mode & 0o7777);
}

/** A user may give a folder to a group, but not to another user. */
function tryToChown(path: string, uid: number, gid: number): void {
  for (const owner of [uid, -1]) {
    try {
      chownSync(path, owner === -1 ? lstatSync(path).uid : owner, gid);
      return;
    } catch (error) {
      if (!['EPERM', 'EINVAL'].includes(systemErrorCode(error))) throw error;
    }
  }
}
