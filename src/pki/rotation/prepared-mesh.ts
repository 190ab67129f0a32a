import type { Mesh } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';
import { readRootRotation } from './root-rotation';

/**
 * Refuses to let clusters trust a second root while the mesh definition does not prepare them for it.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError if `certificates.rootRotation` is missing
 */
export async function requirePreparedMesh(mesh: Mesh, directory: string): Promise<void> {
  const { state, folder } = await readRootRotation(mesh, directory);
  if (mesh.certificates.rootRotation === 'enabled' || state === 'none' || state === 'finished') return;
  throw new MeshError([
    {
      code: 'CA-ROTATION',
      location: { file: folder.shown },
      message:
        'mesh.yaml does not prepare istiod and the proxies for a second root: without certificates.rootRotation, istiod ignores it until it restarts, and then changes the root at once.',
      hint: 'Set certificates.rootRotation: enabled in mesh.yaml, synthesize, apply, and restart all workloads.',
    },
  ]);
}
