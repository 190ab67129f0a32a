import type { Mesh } from '../mesh/mesh';
import { formatRemoteKubeconfig } from '../remotes/kubeconfig-format';
import { remoteFile, shownRemoteFile, writeRemoteFile } from '../remotes/remote-file';
import { loadRemotes } from '../remotes/remotes-folder';

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
