import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { CertificatesDefinition } from '../../src/mesh/definition';
import type { Mesh } from '../../src/mesh/mesh';

/** A mesh whose certificates use the fastest key algorithm. */
export function meshOf(clusters: readonly string[], certificates: CertificatesDefinition = {}): Mesh {
  return defineMesh({
    meshID: 'mesh1',
    certificates: { keyAlgorithm: 'EC-P256', ...certificates },
    clusters: clusters.map((name) => ({ name, network: name })),
  });
}

/** The contents of all files in a folder, by path. */
export function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Writes files to a folder; only their owner can read keys. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (name.endsWith('key.pem')) chmodSync(file, 0o600);
  }
}
