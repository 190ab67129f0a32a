import { defaultWarnBeforeExpiryDays } from '../mesh/reader';
import { MeshError, type Problem } from '../problems/problem';
import { readCluster } from './kubeconfig-cluster';
import { KubeconfigDocument, type KubeconfigList, type KubeconfigMap } from './kubeconfig-document';
import { findKubeconfig } from './kubeconfig-source';
import { readUser } from './kubeconfig-user';
import type { RemoteKubeconfig } from './remote-kubeconfig';

/** The result of {@link validateRemoteKubeconfig}. */
export interface KubeconfigValidation {
  /** The parts that istiod needs; undefined if there are problems. */
  readonly kubeconfig?: RemoteKubeconfig;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Parses a kubeconfig for the istiod of another cluster, or a remote secret as `istioctl create-remote-secret`
 * prints it.
 *
 * @param file the file as messages show it
 * @param now the time at which credentials must be valid
 * @throws MeshError with every problem that makes istiod reject it or prevents its use
 * @see https://istio.io/latest/docs/reference/commands/istioctl/#istioctl-create-remote-secret
 */
export function parseRemoteKubeconfig(text: string, file: string, now = new Date()): RemoteKubeconfig {
  const { kubeconfig, problems } = validateRemoteKubeconfig(text, file, now);
  if (kubeconfig === undefined) throw new MeshError(problems);
  return kubeconfig;
}

/**
 * Validates a kubeconfig for the istiod of another cluster. Ignores everything but the context in use,
 * because only that is deployed. The text can also be a remote secret with the kubeconfig.
 *
 * @param file the file as messages show it
 * @param now the time at which credentials must be valid
 * @param clusterName the cluster that a remote secret must be for; undefined for any cluster
 * @param warnBeforeDays how many days before credentials expire there is a warning
 */
export function validateRemoteKubeconfig(
  text: string,
  file: string,
  now: Date,
  clusterName?: string,
  warnBeforeDays = defaultWarnBeforeExpiryDays,
): KubeconfigValidation {
  const source = findKubeconfig(text, clusterName);
  if ('position' in source) {
    const { position, ...problem } = source;
    return { problems: [{ ...problem, location: { file, ...position } }], warnings: [] };
  }
  const document = new KubeconfigDocument(source, file);
  const { problems, warnings } = document;
  if (problems.length > 0) return { problems, warnings };
  for (const list of ['clusters', 'contexts', 'users'] as const) document.refuseDuplicates(list);
  const context = usedContext(document);
  if (context === undefined) return { problems, warnings };
  const cluster = referencedEntry(document, context, 'cluster', 'clusters');
  const user = referencedEntry(document, context, 'user', 'users');
  const validity = { now, warnBeforeDays };
  const readable = {
    ...(cluster && readCluster(document, cluster, validity)),
    user: user && readUser(document, user, validity),
  };
  return problems.length > 0
    ? { problems, warnings }
    : { kubeconfig: readable as RemoteKubeconfig, problems, warnings };
}

/** The current context; if current-context is absent, the only context. */
function usedContext(document: KubeconfigDocument): KubeconfigMap | undefined {
  const { root } = document;
  if (root === undefined || (!document.has(root, 'contexts') && !document.has(root, 'clusters'))) {
    const kind = root && document.string(root, 'kind');
    const is =
      kind !== undefined && /^[A-Z]\w{1,60}$/.test(kind) && kind !== 'Config'
        ? `is of kind ${kind}, and not`
        : 'is not';
    const hint =
      'Replace it with a kubeconfig or the output of istioctl create-remote-secret, or run istio-mesh join.';
    document.refuse(root, '', 'REMOTE-SYNTAX', `The file ${is} a kubeconfig.`, hint);
    return undefined;
  }
  const names = document.names('contexts');
  const current = document.string(root, 'current-context') ?? (names.length === 1 ? names[0] : undefined);
  const context = current === undefined ? undefined : document.entry('contexts', current);
  if (context !== undefined) return context;
  const message =
    current === undefined
      ? `The kubeconfig has ${names.length === 0 ? 'no context' : `${names.length} contexts, but no current-context`}.`
      : `The kubeconfig has no context ${JSON.stringify(current)}.`;
  const hint =
    names.length === 0
      ? 'Add a context with a cluster and a user.'
      : `Set current-context to one of ${names.join(', ')}.`;
  document.refuse(root, 'current-context', 'REMOTE-CONTEXT', message, hint);
  return undefined;
}

/** The cluster or user that a context names. */
function referencedEntry(
  document: KubeconfigDocument,
  context: KubeconfigMap,
  key: 'cluster' | 'user',
  list: KubeconfigList,
): KubeconfigMap | undefined {
  const name = document.string(context, key);
  const entry = name === undefined ? undefined : document.entry(list, name);
  if (entry === undefined) {
    const names = document.names(list);
    const message =
      name === undefined
        ? `The context in use has no ${key}.`
        : `The kubeconfig has no ${key} ${JSON.stringify(name)}.`;
    const hint = names.length === 0 ? `Add the ${key} to ${list}.` : `Use one of ${names.join(', ')}.`;
    document.refuse(context, key, 'REMOTE-CONTEXT', message, hint);
  }
  return entry;
}
