import { Chart } from 'cdk8s';
import { baseChart, istiodCharts } from '../../control-plane/helm-charts';
import { FluxHelmRelease, FluxHelmRepository } from '../flux-helm-release';
import type { ClusterScope } from './cluster-scope';
import { addEastWestGateway, addIngressGateway } from './gateway-charts';

/**
 * The form `helm`: Istio's own charts. Argo CD takes them as sources of its application; for Flux they
 * are objects in the cluster.
 */
export function addHelm(scope: ClusterScope): void {
  const { delivery } = scope.mesh;
  if (delivery?.engine === 'flux') addReleases(scope, delivery.namespace);
  addEastWestGateway(scope);
  addIngressGateway(scope);
}

function addReleases(scope: ClusterScope, fluxNamespace: string): void {
  const base = new Chart(scope, '15-base');
  new FluxHelmRepository(base, 'repository', fluxNamespace);
  new FluxHelmRelease(base, 'base', baseChart(scope.mesh, scope.cluster), fluxNamespace);
  for (const chart of istiodCharts(scope.mesh, scope.cluster)) {
    const id = chart.release.replace('istiod', '30-control-plane');
    new FluxHelmRelease(new Chart(scope, id), 'istiod', chart, fluxNamespace);
  }
}
