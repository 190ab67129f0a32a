import { join } from 'node:path';
import { replaceFile } from '../files/atomic-file';
import { readIfExists } from '../files/existing-files';
import type { Mesh } from '../mesh/mesh';
import type { JoinedRoot } from '../pki/issuing-conditions';
import { remotesFolder } from './remote-file';

function fileName(clusterName: string): string {
  return `${clusterName}.root-cert.pem`;
}

/**
 * Keeps the root certificate that a joined cluster had in `cacerts`, beside its kubeconfig. In a folder without
 * certificates, only this shows that the mesh has a root.
 */
export function writeJoinedRoot(mesh: Mesh, directory: string, cluster: string, rootCert: string): void {
  replaceFile(join(remotesFolder(mesh, directory), fileName(cluster)), rootCert, 0o644);
}

/** The clusters of a mesh that had a root certificate when they were joined. */
export function joinedRoots(mesh: Mesh, directory: string): JoinedRoot[] {
  return mesh.clusters.flatMap(({ name: cluster }) => {
    const hasRoot = readIfExists(join(remotesFolder(mesh, directory), fileName(cluster))) !== undefined;
    return hasRoot ? { cluster, file: join(mesh.remotes, fileName(cluster)) } : [];
  });
}
