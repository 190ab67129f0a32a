import { Chart } from 'cdk8s';
import { clusterDomainOf } from '../../mesh/cluster-domain';
import { rootNamespace } from '../../mesh/pod-security';
import type { ClusterScope } from '../api-objects';
import { FailoverPolicy } from '../failover-policy';
import { Validated } from '../props';

/** Adds the policies of the Services that fail over between clusters. */
export function addFailoverPolicies(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  if (mesh.services.length === 0) return;
  const chart = new Chart(scope, '57-failover');
  const clusterDomain = clusterDomainOf(cluster.istio.values);
  const policyNamespace = rootNamespace(cluster);
  for (const service of mesh.services) {
    const settings = new Validated({ ...service, clusterDomain, policyNamespace });
    new FailoverPolicy(chart, `${service.name}.${service.namespace}`, settings);
  }
}
