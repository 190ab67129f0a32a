import { type Expression, go } from './expression';
import type { InjectionInput } from './injection-input';

/**
 * The name of the cluster, where the values have one. istiod finds it, like the network, in the values
 * beside the templates: so these are the same in all clusters of a mesh.
 */
export function clusterName({ values }: InjectionInput): Expression | undefined {
  return values.global.multiCluster.clusterName ? go`.Values.global.multiCluster.clusterName` : undefined;
}

/** The network of the cluster, where the values have one. */
export function clusterNetwork({ values }: InjectionInput): Expression | undefined {
  return values.global.network ? go`.Values.global.network` : undefined;
}
