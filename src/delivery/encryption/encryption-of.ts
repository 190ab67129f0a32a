import { existsSync } from 'node:fs';
import type { Mesh } from '../../mesh/mesh';
import { hasEncryptedSecrets, keptFolder } from './encrypted-charts';
import type { PreparedEncryption } from './prepared-encryption';

/**
 * Loads what encrypts the Secrets of a mesh; undefined where nothing is encrypted, nor was before.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError with everything for which nothing can be encrypted, or that cannot be read
 */
export async function encryptionOf(mesh: Mesh, directory: string): Promise<PreparedEncryption | undefined> {
  if (!hasEncryptedSecrets(mesh) && !existsSync(keptFolder(mesh, directory))) return undefined;
  const { prepareEncryption } = await import('./prepare-encryption.js');
  return prepareEncryption(mesh, directory, new Date());
}
