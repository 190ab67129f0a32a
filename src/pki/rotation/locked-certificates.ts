import { resolve } from 'node:path';
import { lockingFolder } from '../../files/locked-folder';
import type { Mesh } from '../../mesh/mesh';
import type { Progress } from '../../problems/progress';

/**
 * Runs an action while no other process rotates the certificates of a mesh.
 *
 * @throws MeshError if the other process does not end
 */
export function lockingCertificates<T>(
  { certificates: { directory: shown } }: Mesh,
  directory: string,
  progress: Progress,
  action: () => Promise<T>,
): Promise<T> {
  const folder = resolve(directory, shown);
  return lockingFolder(
    { folder, shown, does: 'rotates the certificates', code: 'CA-ROTATION' },
    progress,
    action,
  );
}
