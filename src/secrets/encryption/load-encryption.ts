import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { isEncryptedBackend, secretsBackendsOf } from '../../mesh/secrets/backends';
import type { RootEvidence } from '../../pki/root-evidence';
import type { FetchedRecipients } from './accept-fetched-recipients';
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
 * Accepts the certificates of Sealed Secrets controllers that were fetched from clusters, where a cluster has no accepted
 * certificate yet.
 *
 * @param clusters the clusters whose certificates have just been written
 * @throws MeshError if the list of accepted recipients cannot be read or written
 */
export async function acceptFetchedCertificates(
  mesh: Mesh,
  directory: string,
  clusters: readonly Cluster[],
): Promise<FetchedRecipients> {
  const { acceptFetchedRecipients } = await import('./accept-fetched-recipients.js');
  return acceptFetchedRecipients(mesh, directory, clusters);
}

/**
 * The records of CA certificates, also those of former clusters. `istio-mesh ca` must not issue a second certificate
 * for their clusters.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError where the folder of encrypted Secrets cannot be read
 */
export async function recordedCaCerts(mesh: Mesh, directory: string): Promise<readonly RootEvidence[]> {
  if (!hasEncryptedSecretsFolder(mesh, directory)) return [];
  const { EncryptedSecretsFolder } = await import('./encrypted-secrets-folder.js');
  return EncryptedSecretsFolder.read(mesh, directory).recordedCaCerts;
}

function hasEncryptedSecretsFolder(mesh: Mesh, directory: string): boolean {
  return existsSync(resolve(directory, mesh.secrets.directory));
}
