import { MeshError, type Problem } from '../problems/problem';
import { readCluster } from './kubeconfig-cluster';
import { KubeconfigDocument, type KubeconfigList, type KubeconfigMap } from './kubeconfig-document';
import { readUser } from './kubeconfig-user';
import type { RemoteKubeconfig } from './remote-kubeconfig';

/** What a kubeconfig is worth to another cluster's istiod. */
export interface KubeconfigValidation {
  /** What istiod needs of it; undefined where there are problems. */
  readonly kubeconfig?: RemoteKubeconfig;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Reads the text of a kubeconfig for another cluster's istiod.
 *
 * @param file its name in errors
 * @param now the time that credentials must outlast
 * @throws MeshError with everything for which istiod would refuse it, or could never use it
 * @see https://istio.io/latest/docs/reference/commands/istioctl/#istioctl-create-remote-secret
 */
export function parseRemoteKubeconfig(text: string, file: string, now = new Date()): RemoteKubeconfig {
  const { kubeconfig, problems } = validateRemoteKubeconfig(text, file, now);
  if (kubeconfig === undefined) throw new MeshError(problems);
  return kubeconfig;
}

/**
 * Judges the text of a kubeconfig as another cluster's istiod would. Only the context in use counts:
 * nothing else of the file is shipped.
 *
 * @param file its name in problems
 * @param now the time that credentials must outlast
 */
export function validateRemoteKubeconfig(text: string, file: string, now: Date): KubeconfigValidation {
  const document = new KubeconfigDocument(text, file);
  const { problems, warnings } = document;
  if (problems.length > 0) return { problems, warnings };
  const context = usedContext(document);
  if (context === undefined) return { problems, warnings };
  const cluster = referred(document, context, 'cluster', 'clusters');
  const user = referred(document, context, 'user', 'users');
  const readable = {
    ...(cluster && readCluster(document, cluster, now)),
    user: user && readUser(document, user, now),
  };
  return problems.length > 0
    ? { problems, warnings }
    : { kubeconfig: readable as RemoteKubeconfig, problems, warnings };
}

/** The current context; where none is named, the only one. */
function usedContext(document: KubeconfigDocument): KubeconfigMap | undefined {
  const { root } = document;
  if (root === undefined || (!document.has(root, 'contexts') && !document.has(root, 'clusters'))) {
    const remedy = 'Write a kubeconfig there, or have it written with istio-mesh join.';
    document.refuse(root, '', 'REMOTE-SYNTAX', 'It is not a kubeconfig.', remedy);
    return undefined;
  }
  const names = document.names('contexts');
  const current = document.string(root, 'current-context') ?? (names.length === 1 ? names[0] : undefined);
  const context = current === undefined ? undefined : document.entry('contexts', current);
  if (context !== undefined) return context;
  const found =
    current === undefined
      ? `It has ${names.length === 0 ? 'no context' : `${names.length} contexts, and no current-context`}.`
      : `It has no context ${JSON.stringify(current)}.`;
  const remedy =
    names.length === 0
      ? 'Write a context with a cluster and a user.'
      : `Write current-context: with one of ${names.join(', ')}.`;
  document.refuse(root, 'current-context', 'REMOTE-CONTEXT', found, remedy);
  return undefined;
}

/** The cluster or user that a context names. */
function referred(
  document: KubeconfigDocument,
  context: KubeconfigMap,
  key: 'cluster' | 'user',
  list: KubeconfigList,
): KubeconfigMap | undefined {
  const name = document.string(context, key);
  const entry = name === undefined ? undefined : document.entry(list, name);
  if (entry === undefined) {
    const names = document.names(list);
    const found =
      name === undefined
        ? `The context in use names no ${key}.`
        : `It has no ${key} ${JSON.stringify(name)}.`;
    const remedy =
      names.length === 0 ? `Write the ${key} into ${list}.` : `Write one of ${names.join(', ')}.`;
    document.refuse(context, key, 'REMOTE-CONTEXT', found, remedy);
  }
  return entry;
}
