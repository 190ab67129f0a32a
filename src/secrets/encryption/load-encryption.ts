import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Mesh } from '../../mesh/mesh';
import { isEncryptedBackend, secretsBackendsOf } from '../../mesh/secrets/backends';
import type { AcceptedChange } from './accept-recipients';
import type { PreparedEncryption } from './prepared-encryption';

/**
 * Loads what encrypts the Secrets of a mesh; undefined where no Secret is encrypted and there are no records.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError with everything that prevents encryption, and every record that cannot be read
 */
export async function loadEncryption(mesh: Mesh, directory: string): Promise<PreparedEncryption | undefined> {
  const isEncrypted = mesh.clusters.flatMap(secretsBackendsOf).some(isEncryptedBackend);
  if (!isEncrypted && !hasEncryptedSecretsFolder(mesh, directory)) return undefined;
  const { prepareEncryption } = await import('./prepare-encryption.js');
  return prepareEncryption(mesh, directory, new Date());
}

/**
 * Accepts the recipients of the encrypted Secrets of a mesh: the age recipients in its definition, and the
 * certificates of its Sealed Secrets controllers. Writes them to `recipients.yaml` in the encrypted Secrets folder;
 * a synthesis encrypts for no others.
 *
 * @param directory the folder at which the definition's relative paths start
 * @returns the clusters whose recipients have changed
 * @throws MeshError with everything that is wrong with the recipients, or if the list cannot be written
 */
export async function acceptRecipients(mesh: Mesh, directory: string): Promise<AcceptedChange[]> {
  const { writeAcceptedRecipients } = await import('./accept-recipients.js');
  return writeAcceptedRecipients(mesh, directory);
}

/**
 * The clusters, also former ones, with a record of their CA certificate. `istio-mesh ca` must not issue a
 * second certificate for them.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError where the folder of encrypted Secrets cannot be read
 */
export async function recordedCaCerts(mesh: Mesh, directory: string): Promise<readonly string[]> {
  if (!hasEncryptedSecretsFolder(mesh, directory)) return [];
  const { EncryptedSecretsFolder } = await import('./encrypted-secrets-folder.js');
  return EncryptedSecretsFolder.read(mesh, directory).recordedCaCerts;
}

function hasEncryptedSecretsFolder(mesh: Mesh, directory: string): boolean {
  return existsSync(resolve(directory, mesh.secrets.directory));
}
