import { join } from 'node:path';
import { rootCertFile, rootKeyFile } from '../certificates-folder';
import type { StablePhase } from './root-phase';
import { type RootRotation, readOrThrow, savedRoot } from './root-rotation';
import { bundle, textBefore } from './root-step';
import { rotationFolders } from './rotation-folders';

/**
 * Writes root-cert.pem and root-key.pem for a phase: what a cluster gets that is added to the mesh meanwhile. A folder
 * without them, whose certificates were issued elsewhere, gets them with the new root if its key is here.
 *
 * @returns the files that changed, as messages show them
 */
export function writeSharedRoot(rotation: RootRotation, target: StablePhase): string[] {
  const { folder, nextText = '', loaded } = rotation;
  const current = readOrThrow(folder, rootCertFile);
  const nextKey = readOrThrow(folder, join(rotationFolders.nextRoot, rootKeyFile));
  const oldKey = readOrThrow(folder, join(rotationFolders.oldRoot, rootKeyFile));
  const changed: string[] = [];
  const write = (name: string, mode: 0o600 | 0o644, text: string | undefined): void => {
    const isChanged = text === undefined ? folder.remove(name) : folder.replace(name, mode, text);
    if (isChanged) changed.push(folder.location(name).file);
  };
  const [anyCluster] = Object.values(loaded.caCerts);
  const ownOld =
    savedRoot(folder) ?? (current === undefined ? undefined : (textBefore(current, nextText) ?? current));
  const signsWithNext = target === 'new-issuer' || target === 'new-root';
  if (current === undefined && !(signsWithNext && nextKey !== undefined)) return [];
  const old = ownOld ?? firstSaved(rotation) ?? anyCluster?.rootCert ?? '';
  if (target === 'new-root') write(rootCertFile, 0o644, nextText);
  else if (target !== 'old-root') write(rootCertFile, 0o644, bundle(old, nextText, target));
  else write(rootCertFile, 0o644, ownOld);
  // The key of the old root is kept with it; it was saved before any cluster trusted the next one.
  if (signsWithNext) write(rootKeyFile, 0o600, nextKey);
  else if (oldKey !== undefined) write(rootKeyFile, 0o600, oldKey);
  else if (nextKey !== undefined && readOrThrow(folder, rootKeyFile) === nextKey) folder.remove(rootKeyFile);
  return changed;
}

function firstSaved({ folder, phases }: RootRotation): string | undefined {
  for (const cluster of phases.keys()) {
    const text = savedRoot(folder, cluster);
    if (text !== undefined) return text;
  }
  return undefined;
}
