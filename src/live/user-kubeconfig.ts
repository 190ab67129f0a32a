import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { readText } from '../files/read-file';
import { systemErrorReason } from '../files/system-error';
import type { Cluster } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import { MeshError } from '../problems/problem';
import { nearest } from '../problems/suggestion';
import { withTimeout } from './timeout';

/**
 * Loads the user's kubeconfig for a cluster, with the context from the mesh definition: the file from the
 * mesh definition, otherwise the files that kubectl would use.
 *
 * @param directory the folder that relative paths in the mesh definition start from
 * @throws MeshError if no kubeconfig exists, or none has the context
 */
export async function loadUserKubeconfig(cluster: Cluster, directory: string): Promise<KubeConfig> {
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
    config.loadFromString(withTokens(cluster, file, text), { onInvalidEntry: 'filter' });
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

function kubeconfigFiles({ kubeconfig }: Cluster, directory: string): string[] {
  if (kubeconfig !== undefined) return [resolve(directory, kubeconfig.replace(/^~(?=\/)/, homedir()))];
  const fromEnvironment = (process.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  return fromEnvironment.length > 0 ? fromEnvironment : [join(homedir(), '.kube', 'config')];
}

/** Undefined if the file does not exist: kubectl skips missing files, too. */
function readKubeconfig(cluster: Cluster, file: string): string | undefined {
  try {
    return readText(file, 'kubeconfig');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw kubeconfigError(
      cluster,
      `${file} cannot be read: ${systemErrorReason(error)}.`,
      chooseKubeconfig(cluster),
    );
  }
}

/** The kubeconfig as JSON, with the tokens from `tokenFile`, which the client library ignores. */
function withTokens(cluster: Cluster, file: string, text: string): string {
  try {
    const config = parse(text, { version: '1.1' }) ?? {};
    for (const { user } of config.users ?? []) {
      if (user?.tokenFile) user.token = readText(resolve(dirname(file), user.tokenFile), 'secret').trim();
    }
    return JSON.stringify(config);
  } catch {
    // The message of the caught error may contain a token.
    const message = `${file} is not a kubeconfig, or its tokenFile is missing.`;
    throw kubeconfigError(cluster, message, chooseKubeconfig(cluster));
  }
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

function setContext(cluster: Cluster, config: KubeConfig, files: readonly string[]): void {
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
}

function contextMissing(
  cluster: Cluster,
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

function chooseKubeconfig({ name, kubeconfig }: Cluster): string {
  return kubeconfig === undefined
    ? `Set kubeconfig: for ${name} in mesh.yaml, or set the environment variable KUBECONFIG.`
    : `Write the kubeconfig of ${name} to this file, or fix kubeconfig: in mesh.yaml.`;
}

function kubeconfigError(cluster: Cluster, message: string, hint: string): MeshError {
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

/** The time limit for logging in, in seconds: the user may have to confirm it in a browser. */
const loginSeconds = 60;

/**
 * Runs the credential plugin of a kubeconfig and reads its certificate files, before the first request, to
 * distinguish a failed login from a failed request.
 *
 * @param name the name of the cluster
 * @throws MeshError if the login fails
 */
export async function logIn(name: string, config: KubeConfig): Promise<void> {
  try {
    await withTimeout(loginSeconds, config.applyToHTTPSOptions({}));
  } catch (error) {
    // The message does not contain the output of the plugin, which may be a part of a token.
    const reason =
      error instanceof SyntaxError ? 'the plugin printed no credentials' : (error as Error).message;
    const cleaned = reason.replace(/\s+/g, ' ').replace(/[. ]+$/, '');
    const message = `Logging in to ${name} with its kubeconfig failed: ${cleaned}.`;
    const hint = 'Run a kubectl command with this kubeconfig to see the details, then try again.';
    throw liveError({ name }, 'LIVE-CREDENTIALS', message, hint);
  }
}
