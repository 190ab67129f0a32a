import { Chart } from 'cdk8s';
import { crdManifests } from '../../control-plane/crds';
import { newestVersion } from '../../control-plane/newest-version';
import { releaseOf } from '../../control-plane/releases/istio-release';
import { withRevision } from '../../mesh/istio-names';
import { ControlPlane } from '../control-plane';
import { DefaultRevision } from '../default-revision';
import { ReaderServiceAccount } from '../reader-service-account';
import { RenderedChart } from '../rendered-chart';
import type { ClusterScope } from './cluster-scope';
import { controlPlaneProps } from './control-plane-props';
import { addEastWestGateway, addIngressGateway } from './gateway-charts';

/** The form `native`: everything out of constructs of this package. */
export function addNative(scope: ClusterScope): void {
  const { alongside, ...first } = scope.cluster.istio;
  const both = alongside === undefined ? [first] : [first, alongside];
  if (scope.mesh.istio.crds === 'write') {
    new RenderedChart(scope, '00-crds', {
      manifests: crdManifests(releaseOf(newestVersion(scope.cluster.istio)).line),
    });
  }
  const props = controlPlaneProps(scope, first);
  new ReaderServiceAccount(new Chart(scope, '15-reader'), 'reader', props);
  new DefaultRevision(new Chart(scope, '25-default-revision'), 'default-revision', props);
  for (const settings of both) {
    const chart = new Chart(scope, withRevision('30-control-plane', settings.revision));
    new ControlPlane(chart, 'control-plane', controlPlaneProps(scope, settings));
  }
  addEastWestGateway(scope);
  addIngressGateway(scope);
}
