import { readFileSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

/**
 * The mount points in a folder, without the folder itself. Empty on systems that do not list mounts in /proc.
 */
export function mountsWithin(folder: string): string[] {
  const start = realpathSync(folder) + sep;
  return mountPoints().filter((path) => path.startsWith(start));
}

function mountPoints(): string[] {
  try {
    // The fifth field of a line is the mount point, with octal codes for spaces and the like.
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .flatMap((line) => line.split(' ')[4] ?? [])
      .map((path) => path.replace(/\\(\d{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8))));
  } catch {
    return [];
  }
}
