import { crdManifests, gatewayApiManifests, newestVersion } from '../../control-plane/crds';
import { releaseOf } from '../../control-plane/istio-release';
import type { RenderedControlPlane } from '../../control-plane/rendered-manifests';
import type { ControlPlaneFormat } from '../../mesh/istio';
import type { ClusterScope } from '../api-objects';
import { Validated } from '../props';
import { RenderedChart } from '../rendered-chart';

/** The CustomResourceDefinitions of Istio in each format; undefined where Istio's charts or istioctl install them. */
const ofIstio: Readonly<
  Record<ControlPlaneFormat, (scope: ClusterScope, rendered?: RenderedControlPlane) => string | undefined>
> = {
  native: ({ mesh, cluster: { istio } }) =>
    mesh.istio.crds === 'write' ? crdManifests(releaseOf(newestVersion(istio)).minorVersion) : undefined,
  istioctl: (_, rendered) => rendered?.crds,
  helm: () => undefined,
  operator: () => undefined,
};

/**
 * Adds the chart with the CustomResourceDefinitions, those of Istio and those of the Gateway API: what is applied before
 * everything else is in one file.
 */
export function addDefinitions(scope: ClusterScope, rendered: RenderedControlPlane | undefined): void {
  const istio = ofIstio[scope.mesh.istio.controlPlane](scope, rendered);
  const gatewayApi = ofGatewayApi(scope);
  const manifests = istio && gatewayApi ? joined(istio, gatewayApi) : (gatewayApi ?? istio);
  if (manifests === undefined) return;
  new RenderedChart(scope, '00-crds', new Validated({ manifests }));
}

/** The definitions of the newest version: an older istiod reads the resources that it knows. */
function ofGatewayApi({ cluster: { istio } }: ClusterScope): string | undefined {
  if (istio.gatewayAPI === 'skip') return undefined;
  return gatewayApiManifests(releaseOf(newestVersion(istio)).gatewayApi);
}

/** Clusters with the same definitions share their text, which is annotated only once. */
function joined(istio: string, gatewayApi: string): string {
  const known = joinedTexts.get(istio);
  if (known?.gatewayApi === gatewayApi) return known.text;
  const text = `${istio.trimEnd()}\n---\n${gatewayApi}`;
  joinedTexts.set(istio, { gatewayApi, text });
  return text;
}

const joinedTexts = new Map<string, { readonly gatewayApi: string; readonly text: string }>();
