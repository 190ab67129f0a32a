import { lockingFolder } from '../files/locked-folder';
import type { Mesh } from '../mesh/mesh';
import type { Progress } from '../problems/progress';
import { remotesFolder } from './remote-file';

/**
 * Runs an action while no other process replaces the tokens of a mesh.
 *
 * @throws MeshError if the other process does not end
 */
export function lockingRemotes<T>(
  mesh: Mesh,
  directory: string,
  progress: Progress,
  action: () => Promise<T>,
): Promise<T> {
  const folder = remotesFolder(mesh, directory);
  return lockingFolder(
    { folder, shown: mesh.remotes, does: 'replaces the tokens', code: 'LIVE-WRITE' },
    progress,
    action,
  );
}
