import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { readText } from '../files/read-file';
import { systemErrorCode, systemErrorReason } from '../files/system-error';
import { apiServerSyntaxProblem } from '../mesh/api-server-address';
import type { Cluster } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import { MeshError } from '../problems/problem';
import { nearest } from '../problems/suggestion';

/** How the user reaches a cluster. */
export type ClusterAccess = Pick<Cluster, 'name' | 'kubeconfig' | 'context'>;

/**
 * Loads the user's kubeconfig for a cluster, with the context from the mesh definition: the file from the
 * mesh definition, otherwise the files that kubectl would use.
 *
 * @param directory the folder that relative paths in the mesh definition start from
 * @throws MeshError if no kubeconfig exists, or none has the context
 */
export async function loadUserKubeconfig(cluster: ClusterAccess, directory: string): Promise<KubeConfig> {
  const { KubeConfig } = await import('./kubernetes-client.js');
  const files = kubeconfigFiles(cluster, directory);
  const merged = new KubeConfig();
  merged.loadFromOptions({ clusters: [], users: [], contexts: [] });
  let fileCount = 0;
  for (const file of files) {
    const text = readKubeconfig(cluster, file);
    if (text === undefined) continue;
    fileCount += 1;
    const config = new KubeConfig();
    config.loadFromString(readable(cluster, file, text), { onInvalidEntry: 'filter' });
    config.makePathsAbsolute(dirname(file));
    mergeInto(merged, config);
  }
  if (fileCount === 0) {
    const message = `The kubeconfig ${files.join(' or ')} does not exist.`;
    throw kubeconfigError(cluster, message, chooseKubeconfig(cluster));
  }
  setContext(cluster, merged, files);
  return merged;
}

function kubeconfigFiles({ kubeconfig }: ClusterAccess, directory: string): string[] {
  if (kubeconfig !== undefined) return [resolve(directory, kubeconfig.replace(/^~(?=\/)/, homedir()))];
  const fromEnvironment = (process.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  return fromEnvironment.length > 0 ? fromEnvironment : [join(homedir(), '.kube', 'config')];
}

/** Undefined if the file does not exist: kubectl skips missing files, too. */
function readKubeconfig(cluster: ClusterAccess, file: string): string | undefined {
  try {
    return readText(file, 'kubeconfig');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    const message = `${file} cannot be read: ${systemErrorReason(error)}.`;
    throw kubeconfigError(cluster, message, chooseKubeconfig(cluster));
  }
}

/**
 * The kubeconfig as JSON, with what the client library ignores: tokens from `tokenFile`, and that a plugin with a
 * relative path starts at the folder of the kubeconfig.
 */
function readable(cluster: ClusterAccess, file: string, text: string): string {
  const config = parseKubeconfig(text);
  if (config === undefined) {
    throw kubeconfigError(cluster, `${file} is not a kubeconfig.`, chooseKubeconfig(cluster));
  }
  for (const { user } of config.users ?? []) {
    if (typeof user?.tokenFile === 'string' && user.tokenFile !== '') {
      user.token = readToken(cluster, resolve(dirname(file), user.tokenFile));
    }
    const plugin = user?.exec;
    if (typeof plugin?.command === 'string' && /[/\\]/.test(plugin.command)) {
      plugin.command = resolve(dirname(file), plugin.command);
    }
  }
  return JSON.stringify(config);
}

function readToken(cluster: ClusterAccess, file: string): string {
  try {
    return readText(file, 'secret').trim();
  } catch (error) {
    const message = `The tokenFile ${file} cannot be read: ${systemErrorReason(error)}.`;
    throw kubeconfigError(cluster, message, `Correct tokenFile in the kubeconfig of ${cluster.name}.`);
  }
}

/** The errors of the parser quote lines of the file, which may be credentials. */
function parseKubeconfig(text: string): UserKubeconfig | undefined {
  try {
    const config: unknown = parse(text, { version: '1.1', logLevel: 'error' }) ?? {};
    const lists = ['users', 'clusters', 'contexts'].map((key) => (config as Record<string, unknown>)[key]);
    const areLists = lists.every((list) => list === undefined || list === null || Array.isArray(list));
    return typeof config === 'object' && config !== null && areLists ? config : undefined;
  } catch {
    return undefined;
  }
}

/** The parts of a kubeconfig that are changed before the client library reads it. */
interface UserKubeconfig {
  readonly users?: {
    readonly user?: { token?: unknown; tokenFile?: unknown; exec?: { command?: unknown } } | null;
  }[];
}

/** Merges as kubectl does: the first entry of a name wins. */
function mergeInto(merged: KubeConfig, config: KubeConfig): void {
  const isNew = (list: readonly { name: string }[]) => (entry: { name: string }) =>
    !list.some(({ name }) => name === entry.name);
  merged.clusters.push(...config.clusters.filter(isNew(merged.clusters)));
  merged.users.push(...config.users.filter(isNew(merged.users)));
  merged.contexts.push(...config.contexts.filter(isNew(merged.contexts)));
  merged.currentContext ||= config.currentContext;
}

function setContext(cluster: ClusterAccess, config: KubeConfig, files: readonly string[]): void {
  const name = cluster.context ?? config.currentContext;
  const context = config.contexts.find((candidate) => candidate.name === name);
  const where = files.join(' and ');
  if (context === undefined) throw contextMissing(cluster, config, name, where);
  config.setCurrentContext(context.name);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined || config.getCurrentUser() === null) {
    const message = `The context ${context.name} of ${where} refers to a cluster or user that does not exist.`;
    const hint = 'Fix the kubeconfig, or set another context in mesh.yaml.';
    throw liveError(cluster, 'LIVE-CONTEXT', message, hint);
  }
  if (server.startsWith('http:')) {
    const message = `The context ${context.name} of ${where} sends credentials without encryption.`;
    throw kubeconfigError(cluster, message, 'Write the https address of the API server into it.');
  }
  const problem = apiServerSyntaxProblem(server);
  if (problem !== undefined) {
    const message = `The context ${context.name} of ${where} has a server that cannot be used: ${problem.message}`;
    throw kubeconfigError(cluster, message, problem.hint);
  }
}

function contextMissing(
  cluster: ClusterAccess,
  config: KubeConfig,
  name: string | undefined,
  where: string,
): MeshError {
  const names = config.contexts.map((context) => context.name);
  const message = name
    ? `${where} has no context ${JSON.stringify(name)}.`
    : `${where} has no current context.`;
  const similar = name === undefined ? undefined : nearest(name, names);
  const suggestion = similar ?? (names.length > 1 ? `one of ${names.join(', ')}` : names[0]);
  const hint = suggestion
    ? `Set context: for ${cluster.name} in mesh.yaml to ${suggestion}.`
    : chooseKubeconfig(cluster);
  return liveError(cluster, 'LIVE-CONTEXT', message, hint);
}

function chooseKubeconfig({ name, kubeconfig }: ClusterAccess): string {
  return kubeconfig === undefined
    ? `Set kubeconfig: for ${name} in mesh.yaml, or set the environment variable KUBECONFIG.`
    : `Write the kubeconfig of ${name} to this file, or fix kubeconfig: in mesh.yaml.`;
}

function kubeconfigError(cluster: ClusterAccess, message: string, hint: string): MeshError {
  return liveError(cluster, 'LIVE-KUBECONFIG', message, hint);
}

function liveError(
  { name }: Pick<Cluster, 'name'>,
  code: ErrorCode,
  message: string,
  hint: string,
): MeshError {
  return new MeshError([{ code, location: { file: name }, message, hint }]);
}
