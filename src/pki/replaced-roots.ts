import { resolve } from 'node:path';
import type { Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import { PemFolder } from './pem-folder';

/** Lists the roots that were given up for the one in the certificates folder. */
const fileName = 'replaced-roots.txt';

const title =
  '# The SHA-256 fingerprints of roots that istio-mesh ca --new-root has given up. Synthesis may replace them at once.\n';

/** The fingerprints of the roots that were given up for the one in the certificates folder. */
export function replacedRoots(mesh: Mesh, directory: string): readonly string[] {
  const problems: Problem[] = [];
  const text = folderOf(mesh, directory).read(fileName, problems) ?? '';
  MeshError.throwIfAny(problems);
  return text.split(/\r?\n/).filter((line) => /^[0-9A-F]/i.test(line));
}

/** Records that roots are given up for the one in the certificates folder. */
export function giveUpRoots(mesh: Mesh, directory: string, roots: readonly string[]): void {
  const all = [...new Set([...replacedRoots(mesh, directory), ...roots])];
  if (all.length > 0) folderOf(mesh, directory).replace(fileName, 0o644, `${title}${all.join('\n')}\n`);
}

function folderOf({ certificates }: Mesh, directory: string): PemFolder {
  return new PemFolder(resolve(directory, certificates.directory), certificates.directory);
}
