import type { ClusterState } from './cluster-state';
import { type LiveProblem, lasting, problemOf } from './live-problem';
import { type ProxyPod, restartHint, workloadNames } from './proxy';

/** Proxies that were injected for another cluster or network than the mesh definition has. */
export function proxyIdentityProblems({ cluster, istiods, proxies }: ClusterState): LiveProblem[] {
  const { name, network } = cluster;
  const report = (code: 'LIVE-NETWORK' | 'LIVE-CLUSTER-ID', found: readonly ProxyPod[], what: string) => {
    const message = `Proxies of ${name} were injected with another ${what}: ${workloadNames(found)}.`;
    return found.length === 0 ? [] : [problemOf(name, code, lasting(message, restartHint(name, found)))];
  };
  const connections = istiods.flatMap(({ pods }) => pods).flatMap(({ connected }) => connected);
  const foreign = connections.filter(({ clusterID }) => clusterID !== '' && clusterID !== name);
  return [
    ...report(
      'LIVE-NETWORK',
      proxies.filter((proxy) => proxy.network !== undefined && proxy.network !== network),
      `network than ${network}`,
    ),
    ...report(
      'LIVE-CLUSTER-ID',
      proxies.filter(({ pod, namespace }) => foreign.some(({ id }) => id === `${pod}.${namespace}`)),
      `cluster ID than ${name}`,
    ),
  ];
}
