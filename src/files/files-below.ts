import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a folder and of those in it, as paths within it, in order; none where there is no folder. */
export function filesBelow(folder: string, within = ''): string[] {
  const entries = entriesOf(join(folder, within));
  return entries.flatMap((entry) => {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(folder, path);
    return entry.isFile() ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
