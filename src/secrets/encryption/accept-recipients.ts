import type { Mesh } from '../../mesh/mesh';
import { type Recipients, recipientsByCluster } from './accepted-recipients';
import { EncryptedSecretsFolder } from './encrypted-secrets-folder';
import { loadCiphers } from './prepare-encryption';

/** A cluster whose accepted recipients have changed. */
export interface AcceptedChange {
  readonly cluster: string;
  /** Recipients that were not accepted before. */
  readonly added: readonly string[];
  /** Recipients that are not accepted any more. */
  readonly removed: readonly string[];
}

/** Writes the recipients of a mesh to the list. */
export async function writeAcceptedRecipients(mesh: Mesh, directory: string): Promise<AcceptedChange[]> {
  const folder = EncryptedSecretsFolder.read(mesh, directory);
  const ciphers = await loadCiphers(mesh, directory, new Date());
  const recipients = recipientsByCluster([...ciphers].map(([path, cipher]) => [path, cipher.recipients]));
  folder.writeRecipients(mesh, recipients);
  const before = folder.recipients ?? new Map();
  return [...recipients.keys()].flatMap((cluster) => {
    const [now, earlier] = [allOf(recipients, cluster), allOf(before, cluster)];
    const added = now.filter((each) => !earlier.includes(each));
    const removed = earlier.filter((each) => !now.includes(each));
    return added.length + removed.length === 0 ? [] : { cluster, added, removed };
  });
}

function allOf(recipients: Recipients, cluster: string): string[] {
  const { cacerts = [], remoteSecrets = [] } = recipients.get(cluster) ?? {};
  return [...new Set([...cacerts, ...remoteSecrets])];
}
