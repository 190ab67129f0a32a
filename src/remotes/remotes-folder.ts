import { readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Mesh } from '../mesh/mesh';
import { MeshError, type Problem } from '../problems/problem';
import { nearest } from '../problems/suggestion';
import { type KubeconfigValidation, validateRemoteKubeconfig } from './parse-remote-kubeconfig';
import { readIfThere, remoteFile, remotesFolder, shownRemoteFile } from './remote-file';
import type { RemoteKubeconfig } from './remote-kubeconfig';

/** The kubeconfigs of a mesh's joined clusters. */
export interface Remotes {
  /** By the names of their clusters. */
  readonly remotes: Readonly<Record<string, RemoteKubeconfig>>;
  /** The clusters that have none yet, in the order of the mesh. */
  readonly unjoined: readonly string[];
  /** What is not wrong yet, such as a token that expires soon. */
  readonly warnings: readonly Problem[];
}

/** Where remotes are loaded from. */
export interface LoadRemotesOptions {
  /**
   * The folder at which the definition's relative paths start.
   * @default - the working directory
   */
  readonly directory?: string;
  /**
   * The time that credentials must outlast.
   * @default - the present
   */
  readonly now?: Date;
}

/**
 * Loads the kubeconfig of every cluster that has been joined, from `<remotes>/<cluster>.yaml`.
 *
 * @throws MeshError with everything that istiod would refuse, or could never use, in all of them
 */
export function loadRemotes(mesh: Mesh, options: LoadRemotesOptions = {}): Remotes {
  const { directory = '.', now = new Date() } = options;
  const remotes: Record<string, RemoteKubeconfig> = {};
  const unjoined: string[] = [];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  for (const { name } of mesh.clusters) {
    const judgement = judgeFile(remoteFile(mesh, directory, name), shownRemoteFile(mesh, name), now);
    if (judgement === undefined) unjoined.push(name);
    problems.push(...(judgement?.problems ?? []));
    warnings.push(...(judgement?.warnings ?? []));
    if (judgement?.kubeconfig) remotes[name] = judgement.kubeconfig;
  }
  MeshError.throwIfAny(problems);
  return { remotes, unjoined, warnings: [...warnings, ...strayWarnings(mesh, directory)] };
}

/** Undefined where there is no file. */
function judgeFile(file: string, shown: string, now: Date): KubeconfigValidation | undefined {
  try {
    const text = readIfThere(file);
    if (text === undefined) return undefined;
    const judgement = validateRemoteKubeconfig(text, shown, now);
    return { ...judgement, warnings: [...judgement.warnings, ...modeWarnings(file, shown)] };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const message = `It cannot be read: ${code}.`;
    const hint = 'Write a kubeconfig there that you can read, or remove it to have it written again.';
    return { problems: [{ code: 'REMOTE-FILE', location: { file: shown }, message, hint }], warnings: [] };
  }
}

/** Windows has no such modes, and reports them as open to all. */
function modeWarnings(file: string, shown: string): Problem[] {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return [];
  const message = 'Other users of this machine can read it, and it holds credentials.';
  return [{ code: 'REMOTE-MODE', location: { file: shown }, message, hint: `Run chmod 600 ${shown}.` }];
}

/** A file that is not read is one that somebody believes in. */
function strayWarnings(mesh: Mesh, directory: string): Problem[] {
  const names = mesh.clusters.map(({ name }) => name);
  return filesIn(remotesFolder(mesh, directory)).flatMap((file) => {
    const ending = extname(file);
    const name = file.slice(0, file.length - ending.length);
    if (!['.yaml', '.yml', '.json', '.conf'].includes(ending)) return [];
    if (ending === '.yaml' && names.includes(name)) return [];
    const meant = names.includes(name) ? name : nearest(name, names);
    return {
      code: 'REMOTE-STRAY' as const,
      location: { file: join(mesh.remotes, file) },
      message: 'It is not read: its name is not that of a cluster of the mesh with .yaml at its end.',
      hint: meant === undefined ? 'Remove it.' : `Remove it, or rename it to ${meant}.yaml.`,
    };
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .sort();
  } catch {
    return [];
  }
}
