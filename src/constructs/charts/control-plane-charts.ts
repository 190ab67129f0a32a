import type { RenderedControlPlane } from '../../control-plane/rendered-control-plane';
import type { ControlPlaneForm } from '../../mesh/istio-definition';
import type { ClusterScope } from './cluster-scope';
import { addHelm } from './helm-charts';
import { addRendered } from './istioctl-charts';
import { addNative } from './native-charts';
import { addOperators } from './operator-charts';

/** How each form adds the control planes of a cluster, and its gateways. */
const forms: Readonly<
  Record<ControlPlaneForm, (scope: ClusterScope, rendered: RenderedControlPlane | undefined) => void>
> = { native: addNative, operator: addOperators, istioctl: addRendered, helm: addHelm };

/**
 * Adds the control planes of a cluster, and its gateways, in the form that the mesh chose.
 *
 * @throws MeshError where the form needs manifests that are absent
 */
export function addControlPlanes(scope: ClusterScope, rendered: RenderedControlPlane | undefined): void {
  forms[scope.mesh.istio.controlPlane](scope, rendered);
}
