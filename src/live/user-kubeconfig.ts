import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import { parse } from 'yaml';
import type { Cluster } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import { MeshError } from '../problems/problem';
import { nearest } from '../problems/suggestion';

/**
 * The kubeconfig with which the user reaches a cluster, set to the context that the mesh names: the file
 * of the mesh definition, else what kubectl would take.
 *
 * @param directory the folder at which the definition's relative paths start
 * @throws MeshError where there is none, or none with such a context
 */
export async function loadUserKubeconfig(cluster: Cluster, directory: string): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const files = kubeconfigFiles(cluster, directory);
  const merged = new KubeConfig();
  merged.loadFromOptions({ clusters: [], users: [], contexts: [] });
  let present = 0;
  for (const file of files) {
    const text = readKubeconfig(cluster, file);
    if (text === undefined) continue;
    present += 1;
    const config = new KubeConfig();
    config.loadFromString(withTokens(cluster, file, text), { onInvalidEntry: 'filter' });
    config.makePathsAbsolute(dirname(file));
    mergeInto(merged, config);
  }
  if (present === 0) {
    throw problem(
      cluster,
      'LIVE-KUBECONFIG',
      `There is no kubeconfig ${files.join(' or ')}.`,
      elsewhere(cluster),
    );
  }
  chooseContext(cluster, merged, files);
  return merged;
}

function kubeconfigFiles({ kubeconfig }: Cluster, directory: string): string[] {
  if (kubeconfig !== undefined) return [resolve(directory, kubeconfig.replace(/^~(?=\/)/, homedir()))];
  const fromEnvironment = (process.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  return fromEnvironment.length > 0 ? fromEnvironment : [join(homedir(), '.kube', 'config')];
}

/** Undefined where there is no file, which kubectl passes over too. */
function readKubeconfig(cluster: Cluster, file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw problem(cluster, 'LIVE-KUBECONFIG', `${file} cannot be read: ${code}.`, elsewhere(cluster));
  }
}

/** The kubeconfig as JSON, with the tokens that it keeps in files, which the client would pass over. */
function withTokens(cluster: Cluster, file: string, text: string): string {
  try {
    const config = parse(text, { version: '1.1' }) ?? {};
    for (const { user } of config.users ?? []) {
      if (user?.tokenFile) user.token = readFileSync(resolve(dirname(file), user.tokenFile), 'utf8').trim();
    }
    return JSON.stringify(config);
  } catch {
    // The error may quote the text, and with it a token.
    throw problem(
      cluster,
      'LIVE-KUBECONFIG',
      `${file} is not a kubeconfig, or its tokenFile is missing.`,
      elsewhere(cluster),
    );
  }
}

/** As kubectl merges: what comes first stays. */
function mergeInto(merged: KubeConfig, config: KubeConfig): void {
  const isNew = (list: readonly { name: string }[]) => (entry: { name: string }) =>
    !list.some(({ name }) => name === entry.name);
  merged.clusters.push(...config.clusters.filter(isNew(merged.clusters)));
  merged.users.push(...config.users.filter(isNew(merged.users)));
  merged.contexts.push(...config.contexts.filter(isNew(merged.contexts)));
  merged.currentContext ||= config.currentContext;
}

function chooseContext(cluster: Cluster, config: KubeConfig, files: readonly string[]): void {
  const name = cluster.context ?? config.currentContext;
  const names = config.contexts.map((context) => context.name);
  const context = config.contexts.find((candidate) => candidate.name === name);
  const where = files.join(' and ');
  if (context === undefined) {
    const meant = name === undefined ? undefined : nearest(name, names);
    const found = name
      ? `${where} has no context ${JSON.stringify(name)}.`
      : `${where} has no current context.`;
    const choice = meant ?? (names.length > 1 ? `one of ${names.join(', ')}` : names[0]);
    const remedy = choice
      ? `Write context: for ${cluster.name} in mesh.yaml with ${choice}.`
      : elsewhere(cluster);
    throw problem(cluster, 'LIVE-CONTEXT', found, remedy);
  }
  config.setCurrentContext(context.name);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined || config.getCurrentUser() === null) {
    const found = `The context ${context.name} of ${where} names a cluster or user that is not there.`;
    const remedy = 'Mend the kubeconfig, or name another context in mesh.yaml.';
    throw problem(cluster, 'LIVE-CONTEXT', found, remedy);
  }
  if (server.startsWith('http:')) {
    const found = `The context ${context.name} of ${where} sends credentials without encryption.`;
    const remedy = 'Write the https address of the API server into it.';
    throw problem(cluster, 'LIVE-KUBECONFIG', found, remedy);
  }
}

function elsewhere({ name, kubeconfig }: Cluster): string {
  return kubeconfig === undefined
    ? `Write kubeconfig: for ${name} in mesh.yaml, or set KUBECONFIG.`
    : `Write the kubeconfig of ${name} there, or mend kubeconfig: in mesh.yaml.`;
}

function problem({ name }: Cluster, code: ErrorCode, message: string, hint: string): MeshError {
  return new MeshError([{ code, location: { file: name }, message, hint }]);
}
