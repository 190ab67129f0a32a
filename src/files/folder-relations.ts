import { readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Whether a path is a folder, or lies in it. Symbolic links are resolved, and existing folders are compared by
 * what they are: on some file systems they have several names, such as `Dist` and `dist`. Neither path needs to exist.
 */
export function isSameOrWithin(path: string, folder: string): boolean {
  const outer = realPath(folder);
  for (let current = realPath(path); ; current = dirname(current)) {
    if (isSame(current, outer)) return true;
    if (current === dirname(current)) return false;
  }
}

/** No path of a working system has more symbolic links. */
const mostLinks = 40;

/** The path without symbolic links, as far as it exists. */
function realPath(path: string, links = 0): string {
  const absolute = resolve(path);
  try {
    return realpathSync.native(absolute);
  } catch {
    const parent = dirname(absolute);
    if (parent === absolute) return absolute;
    const real = join(realPath(parent, links), basename(absolute));
    const target = linkTarget(real);
    return target === undefined || links === mostLinks ? real : realPath(target, links + 1);
  }
}

/** What a symbolic link leads to, which need not exist. */
function linkTarget(path: string): string | undefined {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return undefined;
  }
}

function isSame(a: string, b: string): boolean {
  if (a === b) return true;
  const [one, other] = [a, b].map(statsOf);
  if (one === undefined && other === undefined) {
    // What does not exist has only its name. On these systems, names differ in more than their case.
    return ['darwin', 'win32'].includes(process.platform) && a.toLowerCase() === b.toLowerCase();
  }
  return one?.ino === other?.ino && one?.dev === other?.dev;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
