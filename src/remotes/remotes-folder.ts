import { extname, join } from 'node:path';
import { isReadableByOthers, namesIfExists, readIfExists } from '../files/existing-files';
import { systemErrorReason } from '../files/system-error';
import type { Cluster, Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import { nearest } from '../problems/suggestion';
import { type KubeconfigValidation, validateRemoteKubeconfig } from './parse-remote-kubeconfig';
import { remoteFile, remotesFolder, shownRemoteFile, writeRemoteFile } from './remote-file';
import { formatRemoteKubeconfig, type RemoteKubeconfig } from './remote-kubeconfig';

/** The kubeconfigs of a mesh's joined clusters. */
export interface Remotes {
  /** The kubeconfigs, by cluster name. */
  readonly remotes: Readonly<Record<string, RemoteKubeconfig>>;
  /** The clusters without a kubeconfig, in the order of the mesh. */
  readonly unjoined: readonly string[];
  /** Problems that do not prevent synthesis, such as a token that expires soon. */
  readonly warnings: readonly Problem[];
}

/** Options of {@link loadRemotes}. */
export interface LoadRemotesOptions {
  /**
   * The folder that relative paths of the definition start from.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * The time at which credentials must be valid.
   * @default - the current time
   */
  readonly now?: Date;
}

/**
 * Loads the kubeconfig of every joined cluster from `<remotes>/<cluster>.yaml`.
 *
 * @throws MeshError with every problem that makes istiod reject a kubeconfig or prevents its use
 */
export function loadRemotes(mesh: Mesh, options: LoadRemotesOptions = {}): Remotes {
  const { directory = '.', now = new Date() } = options;
  const remotes: Record<string, RemoteKubeconfig> = {};
  const unjoined: string[] = [];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const cluster of mesh.clusters) {
    const { name } = cluster;
    const validation = validateFile(mesh, directory, cluster, now);
    if (validation === undefined) unjoined.push(name);
    problems.push(...(validation?.problems ?? []));
    warnings.push(...(validation?.warnings ?? []));
    if (validation?.kubeconfig) remotes[name] = validation.kubeconfig;
  }
  MeshError.throwIfAny(problems);
  return { remotes, unjoined, warnings: [...warnings, ...strayWarnings(mesh, directory)] };
}

/** The kubeconfig of a cluster, also if its credentials have expired; undefined if the cluster is not joined. */
export function readRemote(mesh: Mesh, directory: string, cluster: string): RemoteKubeconfig | undefined {
  const text = readIfExists(remoteFile(mesh, directory, cluster), 'secret');
  return text === undefined ? undefined : readKubeconfig(text, shownRemoteFile(mesh, cluster), cluster);
}

/** Writes the kubeconfig of a cluster. Returns the file, as messages show it. */
export function writeRemote(
  mesh: Mesh,
  directory: string,
  cluster: string,
  kubeconfig: RemoteKubeconfig,
): string {
  writeRemoteFile(remoteFile(mesh, directory, cluster), formatRemoteKubeconfig(cluster, kubeconfig));
  return shownRemoteFile(mesh, cluster);
}

/**
 * Reads a kubeconfig whose credentials may have expired.
 *
 * @param shown the file, as messages show it
 * @throws MeshError if istiod could not use it
 */
export function readKubeconfig(text: string, shown: string, cluster: string): RemoteKubeconfig {
  const { kubeconfig, problems } = validateRemoteKubeconfig(text, shown, new Date(0), cluster);
  if (kubeconfig === undefined) throw new MeshError(problems);
  return kubeconfig;
}

/** Undefined if there is no such file. */
function validateFile(
  mesh: Mesh,
  directory: string,
  { name: clusterName, reader }: Cluster,
  now: Date,
): KubeconfigValidation | undefined {
  const file = remoteFile(mesh, directory, clusterName);
  const shown = shownRemoteFile(mesh, clusterName);
  try {
    const text = readIfExists(file, 'secret');
    if (text === undefined) return undefined;
    const { warnBeforeExpiryDays } = reader;
    const validation = validateRemoteKubeconfig(text, shown, now, clusterName, warnBeforeExpiryDays);
    return { ...validation, warnings: [...validation.warnings, ...modeWarnings(file, shown)] };
  } catch (error) {
    const message = `It cannot be read: ${systemErrorReason(error)}.`;
    const hint = 'Replace it with a readable kubeconfig, or remove it and run istio-mesh join.';
    return { problems: [{ code: 'REMOTE-FILE', location: { file: shown }, message, hint }], warnings: [] };
  }
}

function modeWarnings(file: string, shown: string): Problem[] {
  if (!isReadableByOthers(file)) return [];
  const message = 'Other users of this machine can read this file, which contains credentials.';
  return [{ code: 'REMOTE-MODE', location: { file: shown }, message, hint: `Run chmod 600 ${shown}.` }];
}

/** Without this warning, a file with a misspelled name would be ignored silently. */
function strayWarnings(mesh: Mesh, directory: string): Problem[] {
  const clusters = mesh.clusters.map(({ name }) => name);
  return namesIn(remotesFolder(mesh, directory)).flatMap((file) => {
    const extension = extname(file);
    const name = file.slice(0, file.length - extension.length);
    if (!['.yaml', '.yml', '.json', '.conf'].includes(extension)) return [];
    if (extension === '.yaml' && clusters.includes(name)) return [];
    const cluster = clusters.includes(name) ? name : nearest(name, clusters);
    return {
      code: 'REMOTE-STRAY' as const,
      location: { file: join(mesh.remotes, file) },
      message: 'This file is ignored: its name is not the name of a cluster of the mesh followed by .yaml.',
      hint: cluster === undefined ? 'Remove it.' : `Remove it, or rename it to ${cluster}.yaml.`,
    };
  });
}

/** Errors are left to the files that are read. */
function namesIn(folder: string): string[] {
  try {
    return (namesIfExists(folder) ?? []).filter((name) => !name.startsWith('.')).sort();
  } catch {
    return [];
  }
}
