import type { ClusterState } from './cluster-state';
import type { LiveProblem } from './live-problem';
import { outdatedProxies } from './outdated-proxies';

/** Proxies that were injected for another cluster or network than the mesh definition has. */
export function proxyIdentityProblems(state: ClusterState): LiveProblem[] {
  const { cluster, istiods, proxies } = state;
  const { name, network } = cluster;
  const connections = istiods.flatMap(({ pods }) => pods).flatMap(({ connected }) => connected);
  const foreign = connections.filter(({ clusterID }) => clusterID !== '' && clusterID !== name);
  return [
    ...outdatedProxies(
      state,
      'LIVE-NETWORK',
      proxies.filter((proxy) => proxy.network !== undefined && proxy.network !== network),
      (workloads) => `Proxies of ${name} were injected with another network than ${network}: ${workloads}.`,
    ),
    ...outdatedProxies(
      state,
      'LIVE-CLUSTER-ID',
      proxies.filter(({ pod, namespace }) => foreign.some(({ id }) => id === `${pod}.${namespace}`)),
      (workloads) => `Proxies of ${name} were injected with another cluster ID than ${name}: ${workloads}.`,
    ),
  ];
}
