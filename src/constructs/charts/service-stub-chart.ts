import { Chart } from 'cdk8s';
import { servicePort } from '../../control-plane/gateway/service-fields';
import { hasAmbient } from '../../mesh/data-plane';
import { globalLabel } from '../../mesh/istio-names';
import { addNamedObjects, type ClusterScope } from '../api-objects';

/** Adds Services without pods of their own, so that the names of Services of other clusters resolve. */
export function addServiceStubs(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  const stubs = mesh.services.flatMap(({ stub, ...service }) =>
    stub?.clusters.includes(cluster.name) ? [{ ...service, stub }] : [],
  );
  if (stubs.length === 0) return;
  const scopeLabel = hasAmbient(cluster.dataPlane) ? globalLabel : {};
  const services = stubs.map(({ name, namespace, stub: { labels, ports } }) => [
    `${name}.${namespace}`,
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels: { ...labels, ...scopeLabel } },
      spec: { ports: ports.map(servicePort) },
    },
  ]);
  addNamedObjects(new Chart(scope, '56-service-stubs'), Object.fromEntries(services));
}
