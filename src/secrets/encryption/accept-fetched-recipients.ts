import type { Cluster, Mesh } from '../../mesh/mesh';
import type { Problem } from '../../problems/problem';
import { loadSealedSecretsCipher } from '../sealed-secrets';
import type { AcceptedChange } from './accept-recipients';
import { AcceptedRecipients, type Recipients, recipientsByCluster } from './accepted-recipients';
import { encryptedSecretsOf } from './encrypted-secrets';
import { EncryptedSecretsFolder } from './encrypted-secrets-folder';

/** What became of the certificates that were fetched from clusters. */
export interface FetchedRecipients {
  /** The clusters whose first certificate is accepted. */
  readonly accepted: readonly AcceptedChange[];
  /** Certificates with another key than the accepted one: the controller may have renewed it, or it may be that of an attacker. */
  readonly changed: readonly Problem[];
}

/**
 * Accepts the certificates of the Sealed Secrets controllers of clusters that have none yet. Only for certificates
 * that came from the clusters themselves, over connections that verified them.
 *
 * @param clusters the clusters whose certificates have just been written
 * @throws MeshError if the list of accepted recipients cannot be read or written
 */
export async function acceptFetchedRecipients(
  mesh: Mesh,
  directory: string,
  clusters: readonly Cluster[],
): Promise<FetchedRecipients> {
  if (clusters.length === 0) return { accepted: [], changed: [] };
  const folder = EncryptedSecretsFolder.read(mesh, directory);
  const { list } = AcceptedRecipients.of(folder.recipients, folder.records, folder.shownRecipients);
  const fetched = recipientsByCluster(
    (await Promise.all(clusters.map((cluster) => linesOf(mesh, directory, cluster)))).flat(),
  );
  const extended = new Map(list);
  const accepted: AcceptedChange[] = [];
  const changed: Problem[] = [];
  for (const [cluster, groups] of fetched) {
    const known = allOf(list, cluster);
    const added = allOf(fetched, cluster).filter((recipient) => !known.includes(recipient));
    if (known.length > 0 && added.length > 0) {
      changed.push(changedKey(cluster, added, known, folder.shownRecipients));
    } else {
      extended.set(cluster, { ...groups, ...list?.get(cluster) });
      if (added.length > 0) accepted.push({ cluster, added, removed: [] });
    }
  }
  // Without a list, the first synthesis writes it, with the recipients of all backends.
  if (list !== undefined) folder.writeRecipients(mesh, extended);
  return { accepted, changed };
}

/** The recipient of each Secret that the controller of a cluster decrypts, by the paths of charts. */
async function linesOf(mesh: Mesh, directory: string, cluster: Cluster): Promise<[string, string][]> {
  const cipher = await loadSealedSecretsCipher(cluster, { directory, now: new Date(), problems: [] });
  if (cipher === undefined) return [];
  return encryptedSecretsOf(mesh, cluster)
    .filter(({ backend }) => backend === cipher.backend)
    .map(({ path }) => [path, cipher.recipients]);
}

function allOf(recipients: Recipients | undefined, cluster: string): string[] {
  return [...new Set(Object.values(recipients?.get(cluster) ?? {}).flat())];
}

function changedKey(
  cluster: string,
  found: readonly string[],
  known: readonly string[],
  file: string,
): Problem {
  return {
    code: 'SECRET-NEW-RECIPIENT',
    location: { file },
    message: `The certificate that was fetched from ${cluster} is ${found.join(', ')}, which is not accepted. Accepted: ${known.join(', ')}.`,
    hint: `Sealed Secrets controllers renew their key every 30 days. If that of ${cluster} has a new key, run istio-mesh secrets --accept-recipients and commit the file. Otherwise, find out what has replaced the controller, and restore the certificate from git.`,
  };
}
