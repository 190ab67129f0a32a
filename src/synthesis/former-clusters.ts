import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { namesIfExists } from '../files/existing-files';
import { findCluster, type Mesh } from '../mesh/mesh';
import { caCertsFiles } from '../pki/ca-certs';
import { shownRemoteFile } from '../remotes/remote-file';
import { shownOldToken } from '../remotes/token-rotation';
import type { LocatedMesh } from './output-location';

/** Clusters that the mesh has no longer, and what is left of them. */
export interface FormerClusters {
  /** The clusters whose files this synthesis removed from the output. */
  readonly removed: readonly string[];
  /** The clusters that this synthesis wrote for the first time; none if there was no earlier output. */
  readonly added: readonly string[];
  /** The inputs of clusters that are not in the mesh, which no command removes. */
  readonly left: readonly string[];
}

/**
 * Compares a mesh with its earlier output and with the files of its inputs.
 *
 * @param earlier the files of the earlier output
 */
export function findFormerClusters(
  { mesh, directory }: LocatedMesh,
  earlier: readonly string[],
): FormerClusters {
  const before = earlier.flatMap((path) => /^([^/]+)\/10-namespace\./.exec(path)?.[1] ?? []);
  const isFormer = (name: string): boolean => findCluster(mesh, name) === undefined;
  const removed = before.filter(isFormer);
  const known = new Set(before);
  const added =
    before.length === 0 ? [] : mesh.clusters.map(({ name }) => name).filter((name) => !known.has(name));
  const withCertificates = namesIn(resolve(directory, mesh.certificates.directory)).filter(
    (name) => isFormer(name) && hasCertificates(mesh, directory, name),
  );
  const encrypted = namesIn(resolve(directory, mesh.secrets.directory)).filter(isFormer);
  const names = [...new Set([...removed, ...withCertificates, ...encrypted])];
  const left = names.flatMap((name) =>
    inputsOf(mesh, name).filter((file) => existsSync(resolve(directory, file))),
  );
  return { removed, added, left };
}

function inputsOf(mesh: Mesh, name: string): string[] {
  return [
    join(mesh.certificates.directory, name),
    shownRemoteFile(mesh, name),
    shownOldToken(mesh, name),
    join(mesh.secrets.directory, name),
    join('sealing-certificates', `${name}.pem`),
  ];
}

function hasCertificates(mesh: Mesh, directory: string, name: string): boolean {
  return Object.values(caCertsFiles).some((file) =>
    existsSync(resolve(directory, mesh.certificates.directory, name, file)),
  );
}

/** What cannot be read is reported where it is used. */
function namesIn(folder: string): string[] {
  try {
    return (namesIfExists(folder) ?? []).filter((name) => !name.startsWith('.')).sort();
  } catch {
    return [];
  }
}
