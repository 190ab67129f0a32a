import { clusterDomainOf, helloWorldHostIn } from '../mesh/cluster-domain';
import type { Cluster } from '../mesh/mesh';

/** The host name of HelloWorld in a cluster, with the domain of the cluster. */
export function helloWorldHost({ istio: { values } }: Cluster): string {
  return helloWorldHostIn(clusterDomainOf(values));
}
