import { realpathSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { findCluster, type Mesh } from '../../mesh/mesh';
import { backends } from '../../mesh/secrets/backends';
import { caCertsFiles } from '../../pki/ca-certs';
import { rootKeyFile } from '../../pki/certificates-folder';
import { tlsSecretFiles } from '../../pki/tls-secret-files';
import type { SecretKind } from './known-secrets';

/** The files of a mesh that may contain keys and tokens. */
export class SecretLocations {
  private readonly certificates: string;
  private readonly remotes: string;
  private readonly kubeconfigs: ReadonlySet<string>;

  /** @param directory the folder at which the definition's relative paths start */
  constructor(
    private readonly mesh: Mesh,
    directory: string,
  ) {
    const base = realpathSync(directory);
    this.certificates = resolve(base, mesh.certificates.directory);
    this.remotes = resolve(base, mesh.remotes);
    const kubeconfigs = mesh.clusters.flatMap(({ kubeconfig }) => kubeconfig ?? []);
    this.kubeconfigs = new Set(kubeconfigs.map((kubeconfig) => resolve(base, kubeconfig)));
  }

  /** Whether a file of the output may contain secrets of a kind, because their backend writes plain text. */
  isPlainOutput(path: string, kind: SecretKind): boolean {
    const cluster = findCluster(this.mesh, path.split('/')[0] ?? '');
    return cluster !== undefined && backends[cluster.secrets[kind]].output === 'plain-text';
  }

  /** What a file contains that must never be committed, according to its path; undefined for other files. */
  forbiddenInGit(file: string): string | undefined {
    const name = basename(file);
    const isKey = [rootKeyFile, caCertsFiles.caKey, tlsSecretFiles.caKey].includes(name);
    if (isKey && isWithin(this.certificates, file)) return 'a private key';
    if (/\.(ya?ml|json|conf)$/.test(name) && isWithin(this.remotes, file))
      return 'the kubeconfig of a remote cluster';
    return this.kubeconfigs.has(file) ? 'the kubeconfig of a cluster' : undefined;
  }

  /** Whether a file is in a folder that a synthesis reads keys and tokens from. */
  isInput(file: string): boolean {
    return isWithin(this.certificates, file) || isWithin(this.remotes, file);
  }
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith('..');
}
