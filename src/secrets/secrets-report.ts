import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { caCertsSecretName, istioSystem, remoteSecretName } from '../mesh/istio-names';
import type { Cluster, ClusterSecrets, Mesh } from '../mesh/mesh';
import { caCertsChart, plainRemoteSecretsChart, remoteSecretChart } from '../mesh/secrets/charts';
import { isIssuedLocally, type SecretsBackend, usesIstioCsr } from '../mesh/secrets/definition';
import {
  caCertsKey,
  caCertsProperty,
  remoteKubeconfigKey,
  remoteKubeconfigProperty,
} from '../mesh/secrets/external-secrets';
import { type CaCerts, caCertsFiles } from '../pki/ca-certs';
import { caCertsPath } from '../pki/certificates-folder';
import { remoteFile, shownRemoteFile, writeRemoteFile } from '../remotes/remote-file';
import { formatRemoteKubeconfig } from '../remotes/remote-kubeconfig';
import { loadRemotes } from '../remotes/remotes-folder';

/** A Secret of a cluster, and where its content comes from. */
interface SecretReport {
  readonly cluster: string;
  /** The Secret, as `namespace/name`. */
  readonly secret: string;
  readonly backend: SecretsBackend;
  /** What makes it: a file of the output, a store and its key, an issuer. */
  readonly from: string;
}

/** A property of an entry of a store, and the file whose content it must have. */
interface StoreValue {
  readonly property: string;
  /** The file, as it is found from the working directory. */
  readonly file: string;
  /** `differs` for a kubeconfig that is not written as istiod gets it in the other backends. */
  readonly status: 'ready' | 'missing' | 'differs';
}

/** An entry that a store must have. */
export interface StoreEntry {
  /** The store as the clusters know it, such as `ClusterSecretStore vault`. */
  readonly store: string;
  readonly key: string;
  /** The clusters that fetch it. */
  readonly readers: readonly string[];
  readonly values: readonly StoreValue[];
  /** The command that makes what is missing; undefined where nothing is. */
  readonly hint?: string;
}

/** How the Secrets of a mesh come into its clusters, and what its stores must hold for it. */
export interface SecretsReport {
  readonly secrets: readonly SecretReport[];
  readonly entries: readonly StoreEntry[];
}

/**
 * Reports how the Secrets of a mesh come into its clusters. It names files, and never what is in them.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError with everything that is wrong with the kubeconfigs of joined clusters
 */
export function reportSecrets(mesh: Mesh, directory: string): SecretsReport {
  const entries = new Map<string, StoreEntry>();
  const add = (reader: Cluster, key: string, makeValues: () => EntryContent): void => {
    const store = storeName(reader.secrets);
    const known = entries.get(`${store} ${key}`);
    const readers = [...(known?.readers ?? []), reader.name];
    entries.set(`${store} ${key}`, { ...(known ?? { store, key, ...makeValues() }), readers });
  };
  const kubeconfigs = kubeconfigValues(mesh, directory);
  for (const cluster of mesh.clusters) {
    const { cacerts, remoteSecrets, externalSecrets } = cluster.secrets;
    if (externalSecrets === undefined) continue;
    if (cacerts === 'external-secrets') {
      add(cluster, caCertsKey(externalSecrets, cluster.name), () =>
        caCertsValues(mesh, directory, cluster.name),
      );
    }
    if (remoteSecrets !== 'external-secrets') continue;
    for (const peer of cluster.peers) {
      add(cluster, remoteKubeconfigKey(externalSecrets, peer), () => kubeconfigs(peer));
    }
  }
  return {
    secrets: mesh.clusters.flatMap((cluster) => secretsOf(mesh, cluster)),
    entries: [...entries.values()],
  };
}

type EntryContent = Pick<StoreEntry, 'values' | 'hint'>;

function caCertsValues(mesh: Mesh, directory: string, cluster: string): EntryContent {
  const values = Object.entries(caCertsFiles).map(([part, name]): StoreValue => {
    const file = fromHere(directory, caCertsPath(mesh, cluster, part as keyof CaCerts));
    return { property: caCertsProperty(name), file, status: existsSync(file) ? 'ready' : 'missing' };
  });
  return values.every(({ status }) => status === 'ready') ? { values } : { values, hint: 'istio-mesh ca' };
}

/** A kubeconfig of one's own reaches istiod with what it needs of it alone, in the one backend that join writes. */
function kubeconfigValues(mesh: Mesh, directory: string): (cluster: string) => EntryContent {
  const { remotes } = loadRemotes(mesh, { directory });
  return (cluster) => {
    const file = fromHere(directory, shownRemoteFile(mesh, cluster));
    const value = { property: remoteKubeconfigProperty, file };
    const kubeconfig = remotes[cluster];
    if (kubeconfig === undefined) {
      const hint = `istio-mesh join --cluster ${cluster}`;
      return { values: [{ ...value, status: 'missing' }], hint };
    }
    if (readFileSync(file, 'utf8') === formatRemoteKubeconfig(cluster, kubeconfig)) {
      return { values: [{ ...value, status: 'ready' }] };
    }
    return { values: [{ ...value, status: 'differs' }], hint: 'istio-mesh secrets --rewrite' };
  };
}

function secretsOf(mesh: Mesh, cluster: Cluster): SecretReport[] {
  const { name, secrets, peers } = cluster;
  const row = (secret: string, backend: SecretsBackend, from: string): SecretReport => ({
    cluster: name,
    secret: `${istioSystem}/${secret}`,
    backend,
    from,
  });
  const cacerts = isIssuedLocally(cluster)
    ? origin(mesh, cluster, secrets.cacerts, caCertsChart, (store) => caCertsKey(store, name))
    : issuerOf(secrets);
  return [
    row(caCertsSecretName, secrets.cacerts, cacerts),
    ...peers.map((peer) => {
      const chart = secrets.remoteSecrets === 'plain' ? plainRemoteSecretsChart : remoteSecretChart(peer);
      const from = origin(mesh, cluster, secrets.remoteSecrets, chart, (store) =>
        remoteKubeconfigKey(store, peer),
      );
      return row(remoteSecretName(peer), secrets.remoteSecrets, from);
    }),
  ];
}

function origin(
  mesh: Mesh,
  { name, secrets }: Cluster,
  backend: SecretsBackend,
  chart: string,
  keyIn: (store: NonNullable<ClusterSecrets['externalSecrets']>) => string,
): string {
  if (backend === 'plain') return `${name}/${chart}.k8s.yaml of the output`;
  const { externalSecrets } = secrets;
  if (externalSecrets === undefined || backend !== 'external-secrets')
    return join(mesh.secrets.directory, name, `${chart}.yaml`);
  return `${storeName(secrets)}, ${keyIn(externalSecrets)}`;
}

function issuerOf(secrets: ClusterSecrets): string {
  const { issuer } = secrets.certManager;
  if (usesIstioCsr(secrets)) return 'none: istio-csr issues in place of istiod';
  return `${issuer?.kind} ${issuer?.name}`;
}

function storeName({ externalSecrets }: ClusterSecrets): string {
  return `${externalSecrets?.store.kind} ${externalSecrets?.store.name}`;
}

function fromHere(directory: string, file: string): string {
  return isAbsolute(file) ? file : join(directory, file);
}

/**
 * Writes each kubeconfig of a joined cluster as `istio-mesh join` would, so that the file is what istiod
 * gets, byte for byte. What else was in it is lost.
 *
 * @param directory the folder at which the definition's relative paths start
 * @returns the files that were changed, as mesh.yaml names their folder
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
