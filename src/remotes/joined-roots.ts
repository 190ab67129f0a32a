import { join } from 'node:path';
import { replaceFile } from '../files/atomic-file';
import { namesIfExists, readIfExists } from '../files/existing-files';
import type { Mesh } from '../mesh/mesh';
import { CertificateReader } from '../pki/certificate-reader';
import type { RootEvidence } from '../pki/root-evidence';
import { remotesFolder } from './remote-file';

const extension = '.root-cert.pem';

/** The file with the root certificate of a joined cluster, as messages show it. */
export function shownJoinedRoot(mesh: Mesh, clusterName: string): string {
  return join(mesh.remotes, `${clusterName}${extension}`);
}

/**
 * Keeps the root certificate that a joined cluster had in `cacerts`, beside its kubeconfig. In a folder without
 * certificates, only this shows that the mesh has a root.
 */
export function writeJoinedRoot(mesh: Mesh, directory: string, cluster: string, rootCert: string): void {
  replaceFile(join(remotesFolder(mesh, directory), `${cluster}${extension}`), rootCert, 0o644);
}

/** The root certificates that clusters had when they were joined, also former clusters. */
export function joinedRoots(mesh: Mesh, directory: string): RootEvidence[] {
  const folder = remotesFolder(mesh, directory);
  const names = (namesIfExists(folder) ?? []).filter((name) => name.endsWith(extension)).sort();
  return names.map((name) => {
    const { certificates } = new CertificateReader().read(readIfExists(join(folder, name)) ?? '');
    return {
      cluster: name.slice(0, -extension.length),
      source: 'joined',
      file: join(mesh.remotes, name),
      roots: certificates.map(({ fingerprint }) => fingerprint),
    };
  });
}
