import type { ErrorCode } from '../problems/error-codes';
import type { ClusterState } from './cluster-state';
import { type LiveProblem, problemOf } from './live-problem';
import { isBeingReplaced, type ProxyPod, restartHint, workloadNames } from './proxy';

/**
 * The problem of proxies that were injected before something changed, if there are any. It may pass while a rollout
 * replaces them.
 *
 * @param message what is wrong with the workloads that it is given
 */
export function outdatedProxies(
  { cluster: { name }, proxies }: ClusterState,
  code: ErrorCode,
  found: readonly ProxyPod[],
  message: (workloads: string) => string,
): LiveProblem[] {
  if (found.length === 0) return [];
  const mayPass = found.every((proxy) => isBeingReplaced(proxy, proxies));
  return [
    problemOf(name, code, {
      message: message(workloadNames(found)),
      hint: restartHint(name, found),
      mayPass,
    }),
  ];
}
