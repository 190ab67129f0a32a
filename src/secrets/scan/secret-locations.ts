import { realpathSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { findCluster, type Mesh } from '../../mesh/mesh';
import { backends } from '../../mesh/secrets/backends';
import { caCertsFiles } from '../../pki/ca-certs';
import { rootKeyFile } from '../../pki/certificates-folder';
import type { SecretKind } from './known-secrets';

/** Which places of a mesh may hold keys and tokens, and which are for nothing else. */
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

  /** Whether a file of the output is where the backend plain puts such secrets. */
  isPlainOutput(path: string, kind: SecretKind): boolean {
    const cluster = findCluster(this.mesh, path.split('/')[0] ?? '');
    return cluster !== undefined && backends[cluster.secrets[kind]].output === 'plain-text';
  }

  /** What a file is that never belongs to a commit, by its path alone; undefined where it is none. */
  neverCommitted(file: string): string | undefined {
    const name = basename(file);
    const isKey = name === rootKeyFile || name === caCertsFiles.caKey;
    if (isKey && isWithin(this.certificates, file)) return 'a private key';
    if (/\.(ya?ml|json|conf)$/.test(name) && isWithin(this.remotes, file))
      return 'the kubeconfig of a remote cluster';
    return this.kubeconfigs.has(file) ? 'the kubeconfig of a cluster' : undefined;
  }

  /** Whether a file is among those that synthesis reads keys and tokens from. */
  isInput(file: string): boolean {
    return isWithin(this.certificates, file) || isWithin(this.remotes, file);
  }
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith('..');
}
