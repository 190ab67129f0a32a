import type { Mesh } from '../mesh/mesh';
import { usualSealingCertificate } from '../mesh/secrets/sealed-secrets';
import { shownJoinedRoot } from '../remotes/joined-roots';
import { shownRemoteFile } from '../remotes/remote-file';
import { shownOldToken } from '../remotes/token-rotation';

/**
 * The inputs of a cluster, as messages show them.
 *
 * @param certificates what it has in the certificates folder
 * @param encrypted what it has in the folder of encrypted Secrets
 */
export function inputsOf(
  mesh: Mesh,
  cluster: string,
  {
    certificates,
    encrypted,
  }: { readonly certificates: readonly string[]; readonly encrypted: readonly string[] },
): string[] {
  return [
    ...certificates,
    shownRemoteFile(mesh, cluster),
    shownOldToken(mesh, cluster),
    shownJoinedRoot(mesh, cluster),
    ...encrypted,
    usualSealingCertificate(cluster),
  ];
}
