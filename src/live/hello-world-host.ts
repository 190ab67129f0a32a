import { clusterDomainOf } from '../mesh/cluster-domain';
import { helloWorld } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';

/** The host name of HelloWorld in a cluster, with the domain of the cluster. */
export function helloWorldHost({ istio: { values } }: Cluster): string {
  return `${helloWorld.service}.${helloWorld.namespace}.svc.${clusterDomainOf(values)}`;
}
