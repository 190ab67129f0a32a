import { join } from 'node:path';
import { rootCertFile, rootKeyFile } from '../certificates-folder';
import type { PemFolder } from '../pem-folder';
import { clusterFileNames, modeOf } from './cluster-files';
import { type RootRotation, readOrThrow } from './root-rotation';
import { textBefore } from './root-step';
import { type RotationFolder, rotationFolders } from './rotation-folders';

/**
 * Copies the old root, and the intermediate certificates under it, before any cluster trusts another root. Both are
 * needed to take the rotation back.
 */
export function saveOldRoot({ folder, nextText = '' }: RootRotation, clusters: readonly string[]): void {
  const { oldRoot } = rotationFolders;
  const names = [
    ...clusters.flatMap((cluster) => clusterFileNames.map((name) => join(cluster, name))),
    rootKeyFile,
    rootCertFile,
  ];
  for (const name of names) {
    const text = readOrThrow(folder, name);
    if (text === undefined) continue;
    // An interrupted run may have added the next root already.
    const isRoot = name === rootCertFile;
    const old = (isRoot ? textBefore(text, nextText) : undefined) ?? text;
    folder.replace(join(oldRoot, name), modeOf(name), old);
  }
}

/**
 * Removes the folder of the next root, whose files all clusters have now. Its root certificate comes last: as long as it
 * is there, the rotation is not finished.
 */
export function discardNextRoot({ folder, phases }: RootRotation): void {
  const { nextRoot } = rotationFolders;
  const key = readOrThrow(folder, join(nextRoot, rootKeyFile));
  // Never the last copy of a key.
  if (key === undefined || key === readOrThrow(folder, rootKeyFile)) {
    discardFolder(folder, nextRoot, phases.keys());
  }
}

/** Removes the copy of the old root, after the rotation was taken back. */
export function discardOldRoot({ folder, phases }: RootRotation): void {
  discardFolder(folder, rotationFolders.oldRoot, phases.keys());
}

/** Removes the known files of some clusters and of the root from a folder, and the folder if nothing is left in it. */
export function discardFolder(folder: PemFolder, name: RotationFolder, clusters: Iterable<string>): void {
  for (const cluster of clusters) {
    for (const file of clusterFileNames) folder.remove(join(name, cluster, file));
    folder.remove(join(name, cluster));
  }
  for (const file of [rootKeyFile, rootCertFile]) folder.remove(join(name, file));
  folder.remove(name);
}
