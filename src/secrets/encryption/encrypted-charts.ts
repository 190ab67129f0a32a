import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { caCertsChart, remoteSecretChart } from '../../mesh/secrets/charts';
import { type SecretsBackend, secretsBackendsOf } from '../../mesh/secrets/definition';
import { shownRemoteFile } from '../../remotes/remote-file';
import type { EncryptingBackend } from './cipher';
import type { PreparedEncryption } from './prepared-encryption';

/** A chart of a cluster that holds one Secret, where its backend is one that encrypts. */
export interface SecretChart<Backend extends SecretsBackend = SecretsBackend> {
  /** The name of the cluster. */
  readonly cluster: string;
  /** Its path, such as cluster1/20-cacerts. */
  readonly path: string;
  readonly backend: Backend;
  /** The cluster whose kubeconfig the Secret holds; undefined for the Secret cacerts. */
  readonly peer?: string;
  /** Where the plain text is, if it is on this machine, as mesh.yaml names it. */
  readonly source: string;
}

/** Whether a backend encrypts. */
function isEncryptingBackend(backend: SecretsBackend): backend is EncryptingBackend {
  return backend === 'sealed-secrets' || backend === 'sops';
}

/** Whether any Secret of a mesh is encrypted. */
export function hasEncryptedSecrets({ clusters }: Mesh): boolean {
  return clusters.some((cluster) => secretsBackendsOf(cluster).some(isEncryptingBackend));
}

/** The folder that keeps what has been encrypted. */
export function encryptedSecretsPath(mesh: Mesh, directory: string): string {
  return resolve(directory, mesh.secrets.directory);
}

/** The charts of a cluster whose Secrets are encrypted, once all its peers have been joined. */
export function encryptedCharts(mesh: Mesh, cluster: Cluster): SecretChart<EncryptingBackend>[] {
  return secretCharts(mesh, cluster).filter((chart): chart is SecretChart<EncryptingBackend> =>
    isEncryptingBackend(chart.backend),
  );
}

/** Those that would be, if the backend of their Secrets were not plain. */
export function plainCharts(mesh: Mesh, cluster: Cluster): SecretChart[] {
  return secretCharts(mesh, cluster).filter(({ backend }) => backend === 'plain');
}

function secretCharts(mesh: Mesh, { name, peers, secrets }: Cluster): SecretChart[] {
  const caCerts = {
    cluster: name,
    path: `${name}/${caCertsChart}`,
    backend: secrets.cacerts,
    source: join(mesh.certificates.directory, name),
  };
  const remotes = peers.map((peer) => ({
    cluster: name,
    path: `${name}/${remoteSecretChart(peer)}`,
    backend: secrets.remoteSecrets,
    peer,
    source: shownRemoteFile(mesh, peer),
  }));
  return [caCerts, ...remotes];
}

/**
 * Loads what encrypts the Secrets of a mesh; undefined where nothing is encrypted, nor was before.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError with everything for which nothing can be encrypted, or that cannot be read
 */
export async function loadEncryption(mesh: Mesh, directory: string): Promise<PreparedEncryption | undefined> {
  if (!hasEncryptedSecrets(mesh) && !existsSync(encryptedSecretsPath(mesh, directory))) return undefined;
  const { prepareEncryption } = await import('./prepare-encryption.js');
  return prepareEncryption(mesh, directory, new Date());
}

/**
 * The clusters, of a mesh or formerly so, whose CA certificates are kept encrypted, so that those of whom
 * there is nothing else here are not issued anew.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError where the folder that keeps them cannot be read
 */
export async function recordedCaCerts(mesh: Mesh, directory: string): Promise<readonly string[]> {
  if (!existsSync(encryptedSecretsPath(mesh, directory))) return [];
  const { EncryptedSecretsFolder } = await import('./encrypted-secrets-folder.js');
  return EncryptedSecretsFolder.read(mesh, directory).caCerts;
}
