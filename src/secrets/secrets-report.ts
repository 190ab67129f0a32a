import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { readText } from '../files/read-file';
import { caCertsSecretName, istioSystem, remoteSecretName } from '../mesh/istio-names';
import type { Cluster, Mesh } from '../mesh/mesh';
import type { SecretStore } from '../mesh/secrets/backend-description';
import { backends, type SecretsBackend } from '../mesh/secrets/backends';
import { caCertsProperty, remoteKubeconfigProperty } from '../mesh/secrets/external-secrets';
import { caCertsFiles, caCrlFile } from '../pki/ca-certs';
import { tlsSecretFiles } from '../pki/tls-secret-files';
import { MeshError, type Problem } from '../problems/problem';
import { remoteFile, shownRemoteFile, writeRemoteFile } from '../remotes/remote-file';
import { formatRemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { loadRemotes } from '../remotes/remotes-folder';
import { secretsOf } from './mesh-secrets';

/** A Secret of a cluster, and the source of its content. */
interface SecretReport {
  readonly cluster: string;
  /** The Secret, as `namespace/name`. */
  readonly secret: string;
  readonly backend: SecretsBackend;
  /** The source of the content: a file of the output, a store and its key, or an issuer. */
  readonly from: string;
}

/** A property of a store entry, and the file with its value. */
interface StoreValue {
  readonly property: string;
  /** The file, relative to the working directory. */
  readonly file: string;
  /**
   * The file whose content follows that of `file`, as ca.crt does in the chain of a TLS Secret.
   * @default - none
   */
  readonly followedBy?: string;
  /** `differs` for a kubeconfig that a user wrote, and that istiod gets in another form from other backends. */
  readonly status: 'ready' | 'missing' | 'differs';
}

/** An entry that a store must have. */
export interface StoreEntry {
  /** The store as the clusters know it, such as `ClusterSecretStore vault`. */
  readonly store: string;
  readonly key: string;
  /** The clusters that read the entry. */
  readonly readers: readonly string[];
  readonly values: readonly StoreValue[];
  /** The command that creates the missing files; undefined where no file is missing. */
  readonly hint?: string;
}

/** The sources of a mesh's Secrets, and the entries that its stores must have. */
export interface SecretsReport {
  readonly secrets: readonly SecretReport[];
  readonly entries: readonly StoreEntry[];
}

/**
 * Reports the sources of a mesh's Secrets. The report contains names of files and never their content.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError with everything that is wrong with the kubeconfigs of joined clusters
 */
export function reportSecrets(mesh: Mesh, directory: string): SecretsReport {
  return {
    secrets: mesh.clusters.flatMap((cluster) => secretReports(mesh, cluster)),
    entries: storeEntries(mesh, directory),
  };
}

function secretReports(mesh: Mesh, cluster: Cluster): SecretReport[] {
  const { name, secrets } = cluster;
  return secretsOf(mesh, cluster).map(({ backend, peer, chart }) => ({
    cluster: name,
    secret: `${istioSystem}/${peer === undefined ? caCertsSecretName : remoteSecretName(peer)}`,
    backend,
    from: backends[backend].contentSource({
      clusterName: name,
      secrets,
      encryptedSecrets: mesh.secrets.directory,
      chart,
      peer,
    }),
  }));
}

function storeEntries(mesh: Mesh, directory: string): StoreEntry[] {
  const entries = new Map<string, StoreEntry>();
  const kubeconfigEntry = kubeconfigEntries(mesh, directory);
  for (const cluster of mesh.clusters) {
    for (const { backend, peer } of secretsOf(mesh, cluster)) {
      const store = backends[backend].store?.(cluster.secrets);
      if (store === undefined) continue;
      const key = peer === undefined ? store.caCertsKey(cluster.name) : store.remoteKubeconfigKey(peer);
      const id = `${store.name} ${key}`;
      const content = (): EntryContent =>
        peer === undefined ? caCertsEntry(mesh, directory, cluster.name, store.crl) : kubeconfigEntry(peer);
      const entry = entries.get(id) ?? { store: store.name, key, readers: [], ...content() };
      entries.set(id, { ...entry, readers: [...entry.readers, cluster.name] });
    }
  }
  return [...entries.values()];
}

type EntryContent = Pick<StoreEntry, 'values' | 'hint'>;

function caCertsEntry(mesh: Mesh, directory: string, cluster: string, crl: SecretStore['crl']): EntryContent {
  const folder = fromWorkingDirectory(directory, join(mesh.certificates.directory, cluster));
  const crlFile = join(folder, caCrlFile);
  if (crl === 'disabled' && existsSync(crlFile)) throw new MeshError([unreadCrl(crlFile)]);
  const values = [
    ...(Object.values(tlsSecretFiles).some((file) => existsSync(join(folder, file)))
      ? tlsSecretValues
      : Object.values(caCertsFiles).map((file) => [caCertsProperty(file), file] as const)),
    ...(crl === 'enabled' ? [[caCertsProperty(caCrlFile), caCrlFile] as const] : []),
  ].map(([property, ...files]) =>
    storeValue(
      property,
      files.map((file) => join(folder, file)),
    ),
  );
  const issued = values.filter(({ file }) => file !== crlFile);
  return issued.every(({ status }) => status === 'ready') ? { values } : { values, hint: 'istio-mesh ca' };
}

/** The properties that istiod needs, and the files of a TLS Secret with their content. */
const tlsSecretValues = [
  [caCertsProperty(caCertsFiles.caCert), tlsSecretFiles.caCert],
  [caCertsProperty(caCertsFiles.caKey), tlsSecretFiles.caKey],
  [caCertsProperty(caCertsFiles.rootCert), tlsSecretFiles.rootCert],
  [caCertsProperty(caCertsFiles.certChain), tlsSecretFiles.caCert, tlsSecretFiles.rootCert],
] as const;

function storeValue(property: string, [file = '', followedBy]: readonly string[]): StoreValue {
  const isReady = [file, followedBy].every((each) => each === undefined || existsSync(each));
  return {
    property,
    file,
    ...(followedBy === undefined ? {} : { followedBy }),
    status: isReady ? 'ready' : 'missing',
  };
}

function unreadCrl(file: string): Problem {
  return {
    code: 'MESH-SECRETS',
    location: { file },
    message: 'The ExternalSecret of the cluster does not read the lists of revoked certificates.',
    hint: 'Add crl: enabled to externalSecrets, or move the file away.',
  };
}

/** A user's kubeconfig can have more than istiod needs. The other backends write only that part, as `join` does. */
function kubeconfigEntries(mesh: Mesh, directory: string): (cluster: string) => EntryContent {
  const { remotes } = loadRemotes(mesh, { directory });
  return (cluster) => {
    const file = fromWorkingDirectory(directory, shownRemoteFile(mesh, cluster));
    const value = { property: remoteKubeconfigProperty, file };
    const kubeconfig = remotes[cluster];
    if (kubeconfig === undefined) {
      const hint = `istio-mesh join --cluster ${cluster}`;
      return { values: [{ ...value, status: 'missing' }], hint };
    }
    if (readText(file, 'secret') === formatRemoteKubeconfig(cluster, kubeconfig)) {
      return { values: [{ ...value, status: 'ready' }] };
    }
    return { values: [{ ...value, status: 'differs' }], hint: 'istio-mesh secrets --rewrite' };
  };
}

function fromWorkingDirectory(directory: string, file: string): string {
  return isAbsolute(file) ? file : join(directory, file);
}

/**
 * Rewrites each kubeconfig of a joined cluster as `istio-mesh join` does, so that the file has exactly the bytes
 * that istiod needs. Other content of the file is lost.
 *
 * @param directory the folder at which the definition's relative paths start
 * @returns the changed files, relative to mesh.yaml
 * @throws MeshError with everything that is wrong with the kubeconfigs
 */
export function rewriteRemotes(mesh: Mesh, directory: string): string[] {
  const { remotes } = loadRemotes(mesh, { directory });
  return Object.entries(remotes).flatMap(([name, kubeconfig]) => {
    const text = formatRemoteKubeconfig(name, kubeconfig);
    const written = writeRemoteFile(remoteFile(mesh, directory, name), text);
    return written === 'unchanged' ? [] : [shownRemoteFile(mesh, name)];
  });
}
