import { Chart } from 'cdk8s';
import { crdManifests } from '../../control-plane/crds';
import { releaseOf } from '../../control-plane/releases/istio-release';
import { withRevision } from '../../mesh/istio-names';
import type { ControlPlaneSettings } from '../../mesh/mesh';
import { type IstioLine, istioLines } from '../../mesh/native-form';
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
    new RenderedChart(scope, '00-crds', { manifests: crdManifests(newestLine(both)) });
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

/** Older control planes work with the definitions of newer ones, but not the other way round. */
function newestLine(controlPlanes: readonly ControlPlaneSettings[]): IstioLine {
  const lines = controlPlanes.map(({ version }) => releaseOf(version).line);
  return istioLines.find((line) => lines.includes(line)) ?? istioLines[0];
}
