import type { RenderedControlPlane } from '../../control-plane/rendered-control-plane';
import { MeshError } from '../../mesh/mesh-error';
import { RenderedChart } from '../rendered-chart';
import type { ClusterScope } from './cluster-scope';
import { addEastWestGateway } from './gateway-charts';

/** The form `istioctl`: the texts that istioctl has rendered. */
export function addRendered(scope: ClusterScope, rendered: RenderedControlPlane | undefined): void {
  if (rendered === undefined) throw notRendered(scope.cluster.name);
  new RenderedChart(scope, '00-crds', { manifests: rendered.crds });
  new RenderedChart(scope, '30-control-plane', { manifests: rendered.controlPlane });
  addEastWestGateway(scope);
}

function notRendered(name: string): MeshError {
  return new MeshError([
    {
      code: 'CONTROL-PLANE-NOT-RENDERED',
      place: { path: name },
      found: 'The form istioctl needs the manifests that istioctl renders, and none were given.',
      remedy: 'Pass those of loadInputs as controlPlane.',
    },
  ]);
}
