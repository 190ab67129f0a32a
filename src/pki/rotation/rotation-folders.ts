import { join } from 'node:path';
import type { Mesh } from '../../mesh/mesh';
import { MeshError } from '../../problems/problem';

/**
 * Folders within the certificates folder, each with the layout of the certificates folder: the root that comes next, the
 * root that a rotation replaces, and new intermediate certificates of the same root.
 */
export const rotationFolders = {
  nextRoot: 'next-root',
  oldRoot: 'old-root',
  nextIntermediates: 'next-intermediates',
} as const;

/** A name of {@link rotationFolders}. */
export type RotationFolder = (typeof rotationFolders)[keyof typeof rotationFolders];

/** A mesh whose certificates folder is one of those within the certificates folder of another. */
export function meshWithin(mesh: Mesh, folder: RotationFolder): Mesh {
  const directory = join(mesh.certificates.directory, folder);
  return { ...mesh, certificates: { ...mesh.certificates, directory } };
}

/**
 * Refuses clusters with the name of a folder that a rotation uses.
 *
 * @throws MeshError for each of them
 */
export function refuseReservedNames({ certificates, clusters }: Mesh): void {
  const reserved: readonly string[] = Object.values(rotationFolders);
  MeshError.throwIfAny(
    clusters
      .filter(({ name }) => reserved.includes(name))
      .map(({ name }) => ({
        code: 'CA-ROTATION',
        location: { file: join(certificates.directory, name) },
        message: `A rotation needs this folder, but it is that of the cluster ${name}.`,
        hint: 'Give the cluster another name to rotate certificates with istio-mesh.',
      })),
  );
}
