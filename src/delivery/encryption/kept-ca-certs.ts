import { existsSync } from 'node:fs';
import type { Mesh } from '../../mesh/mesh';
import { keptFolder } from './encrypted-charts';

/**
 * The clusters, of a mesh or formerly so, whose CA certificates are kept encrypted, so that those of whom
 * there is nothing else here are not issued anew.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError where the folder that keeps them cannot be read
 */
export async function keptCaCerts(mesh: Mesh, directory: string): Promise<readonly string[]> {
  if (!existsSync(keptFolder(mesh, directory))) return [];
  const { KeptFolder } = await import('./kept-folder.js');
  return KeptFolder.read(mesh, directory).caCerts;
}
