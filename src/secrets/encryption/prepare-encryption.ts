import type { Mesh } from '../../mesh/mesh';
import type { EncryptedBackend } from '../../mesh/secrets/backends';
import { MeshError, type Problem } from '../../problems/problem';
import { loadSealedSecretsCipher } from '../sealed-secrets';
import { loadSopsCipher } from '../sops';
import { AcceptedRecipients } from './accepted-recipients';
import { type Cipher, encryptedSecretsOf, type LoadCipher } from './encrypted-secrets';
import { EncryptedSecretsFolder } from './encrypted-secrets-folder';
import { PreparedEncryption } from './prepared-encryption';

const cipherLoaders: Readonly<Record<EncryptedBackend, LoadCipher>> = {
  'sealed-secrets': loadSealedSecretsCipher,
  sops: loadSopsCipher,
};

/**
 * Loads what encrypts the Secrets of a mesh (the certificates of Sealed Secrets controllers, and data keys
 * for SOPS) and the records of Secrets that were encrypted before.
 *
 * @param directory the folder at which the definition's relative paths start
 * @param now the time at which certificates must be valid
 * @throws MeshError with everything that prevents encryption, every record that cannot be read, and every recipient
 *   that is not accepted
 */
export async function prepareEncryption(
  mesh: Mesh,
  directory: string,
  now: Date,
): Promise<PreparedEncryption> {
  const folder = EncryptedSecretsFolder.read(mesh, directory);
  const ciphers = await loadCiphers(mesh, directory, now);
  const accepted = AcceptedRecipients.of(folder.recipients, folder.records, folder.shownRecipients);
  // Before any certificate is issued: nothing must be encrypted for a recipient that is not accepted.
  MeshError.throwIfAny(accepted.problems(ciphers));
  return new PreparedEncryption({ mesh, folder, ciphers, accepted });
}

/**
 * Loads what encrypts the Secrets of a mesh, by the paths of charts.
 *
 * @throws MeshError with everything that prevents encryption
 */
export async function loadCiphers(mesh: Mesh, directory: string, now: Date): Promise<Map<string, Cipher>> {
  const problems: Problem[] = [];
  const ciphersByPath = new Map<string, Cipher>();
  for (const cluster of mesh.clusters) {
    const secrets = encryptedSecretsOf(mesh, cluster);
    for (const backend of new Set(secrets.map((secret) => secret.backend))) {
      const cipher = await cipherLoaders[backend](cluster, { directory, now, problems });
      if (cipher === undefined) continue;
      for (const { path } of secrets.filter((secret) => secret.backend === backend)) {
        ciphersByPath.set(path, cipher);
      }
    }
  }
  MeshError.throwIfAny(problems);
  return ciphersByPath;
}
