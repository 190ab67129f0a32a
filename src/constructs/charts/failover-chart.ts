import { Chart } from 'cdk8s';
import { clusterDomainOf } from '../../mesh/cluster-domain';
import { rootNamespace } from '../../mesh/pod-security';
import type { ClusterScope } from '../api-objects';
import { FailoverPolicy } from '../failover-policy';
import { Validated } from '../props';

/** Adds the policies of the Services that fail over between clusters. */
export function addFailoverPolicies(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  const services = mesh.services.flatMap(({ failover, ...service }) =>
    failover === undefined ? [] : [{ ...service, failover }],
  );
  if (services.length === 0) return;
  const chart = new Chart(scope, '57-failover');
  const clusterDomain = clusterDomainOf(cluster.istio.values);
  const policyNamespace = rootNamespace(cluster);
  for (const { name, namespace, failover } of services) {
    const settings = new Validated({ name, namespace, failover, clusterDomain, policyNamespace });
    new FailoverPolicy(chart, `${name}.${namespace}`, settings);
  }
}
