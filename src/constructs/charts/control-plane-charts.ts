import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { baseChart, istiodCharts, nodeAgentCharts, ztunnelCharts } from '../../control-plane/helm-charts';
import { type ControlPlaneInput, clusterInput } from '../../control-plane/input';
import {
  controlPlaneOperator,
  eastWestGatewayOperator,
  type IstioOperator,
} from '../../control-plane/istio-operator';
import { autoscaler } from '../../control-plane/istiod/availability';
import { defaultValidatorObjects } from '../../control-plane/istiod/control-plane-objects';
import { defaultValidatorChart } from '../../control-plane/istiod/validation-webhook';
import type { RenderedControlPlane } from '../../control-plane/rendered-manifests';
import type { ControlPlaneFormat } from '../../mesh/istio';
import { withRevision } from '../../mesh/istio-names';
import { MeshError } from '../../problems/problem';
import { addObjects, type ClusterScope } from '../api-objects';
import { CniNodeAgent } from '../cni-node-agent';
import { ControlPlane, DefaultRevision, DefaultValidator, ReaderServiceAccount } from '../control-plane';
import { FluxHelmRelease, FluxHelmRepository } from '../flux-helm-release';
import { Validated } from '../props';
import { RenderedChart } from '../rendered-chart';
import { Ztunnel } from '../ztunnel';
import { addDefinitions } from './definition-chart';
import {
  addAmbientEastWestGateway,
  addEastWestGateway,
  addGateways,
  addInjectedGateways,
} from './gateway-charts';

/** The format `native`: all objects come from constructs of this package. */
function addNative(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  const { canary } = cluster.istio;
  const input = clusterInput(mesh, cluster);
  new ReaderServiceAccount(new Chart(scope, '15-reader'), 'reader', new Validated(input));
  addNodeAgent(scope, input);
  new DefaultRevision(new Chart(scope, '25-default-revision'), 'default-revision', new Validated(input));
  addControlPlane(scope, input);
  if (canary !== undefined) addControlPlane(scope, clusterInput(mesh, cluster, canary));
  addZtunnel(scope, input);
  addEastWestGateway(scope);
  addGateways(scope);
  addDefaultValidator(scope, input);
}

/** The node agent is there before the first pod that needs it. It belongs to the first control plane. */
function addNodeAgent(scope: ClusterScope, controlPlane: ControlPlaneInput): void {
  const { cni } = scope.cluster.istio;
  if (cni === undefined) return;
  const settings = new Validated({ controlPlane, namespace: cni.namespace });
  new CniNodeAgent(new Chart(scope, nodeAgentChart), 'node-agent', settings);
}

/** ztunnel is not ready before istiod answers. A cluster has one, which belongs to the first control plane. */
function addZtunnel(scope: ClusterScope, controlPlane: ControlPlaneInput): void {
  const { ztunnel } = scope.cluster.istio;
  if (ztunnel === undefined) return;
  const settings = new Validated({ controlPlane, namespace: ztunnel.namespace });
  new Ztunnel(new Chart(scope, ztunnelChart), 'ztunnel', settings);
}

const nodeAgentChart = '20-cni';
const ztunnelChart = '35-ztunnel';

function addDefaultValidator(scope: ClusterScope, input: ControlPlaneInput): void {
  if (defaultValidatorObjects(input).length === 0) return;
  const chart = new Chart(scope, defaultValidatorChart);
  new DefaultValidator(chart, 'default-validator', new Validated(input));
}

function addControlPlane(scope: ClusterScope, input: ControlPlaneInput): void {
  const chart = controlPlaneChart(scope, input.revision);
  new ControlPlane(chart, 'control-plane', new Validated(input));
}

function controlPlaneChart(scope: ClusterScope, revision: string): Chart {
  return new Chart(scope, withRevision('30-control-plane', revision));
}

/** The format `istioctl`: the texts that istioctl has rendered. */
function addRendered(scope: ClusterScope, rendered: RenderedControlPlane | undefined): void {
  if (rendered === undefined) throw notRendered(scope.cluster.name);
  new RenderedChart(scope, '30-control-plane', { manifests: rendered.controlPlane });
  addEastWestGateway(scope);
  if (rendered.defaultValidator === '') return;
  new RenderedChart(scope, defaultValidatorChart, { manifests: rendered.defaultValidator });
}

function notRendered(name: string): MeshError {
  return new MeshError([
    {
      code: 'CONTROL-PLANE-NOT-RENDERED',
      location: { path: name },
      message: 'The format istioctl needs the manifests that istioctl renders, and none were given.',
      hint: 'Pass those of loadInputs as controlPlane.',
    },
  ]);
}

/**
 * The format `operator`: the files of `istioctl install -f`. IstioOperator is no Kubernetes resource, so
 * that they lie where `kubectl apply -f` does not look.
 */
function addOperators(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  const folder = new Construct(scope, 'operator');
  addOperator(folder, '30-control-plane', controlPlaneOperator(mesh, cluster));
  if (cluster.eastWestGateway === undefined) return;
  const gateway = eastWestGatewayOperator(mesh, cluster, cluster.eastWestGateway);
  addOperator(folder, '40-eastwest-gateway', gateway);
}

function addOperator(folder: Construct, id: string, operator: IstioOperator): void {
  new ApiObject(new Chart(folder, id), 'operator', { ...operator });
}

/**
 * The format `helm`: Istio's own charts. Argo CD takes them as sources of its application; for Flux they
 * are objects in the cluster.
 */
function addHelm(scope: ClusterScope): void {
  const { gitops } = scope.mesh;
  if (gitops?.tool === 'flux') addReleases(scope, gitops.namespace);
  if (gitops?.tool === 'argocd') addAutoscalers(scope);
  addEastWestGateway(scope);
  addGateways(scope);
}

/** Argo CD does not go past the charts while an autoscaler has no metrics. Those of these charts can be applied last. */
function addAutoscalers(scope: ClusterScope): void {
  const { mesh, cluster } = scope;
  const { canary, ...first } = cluster.istio;
  for (const settings of canary === undefined ? [first] : [first, canary]) {
    const objects = autoscaler(clusterInput(mesh, cluster, settings));
    if (objects.length > 0) addObjects(controlPlaneChart(scope, settings.revision), objects);
  }
}

function addReleases(scope: ClusterScope, fluxNamespace: string): void {
  const base = new Chart(scope, '15-base');
  new FluxHelmRepository(base, 'repository', fluxNamespace);
  new FluxHelmRelease(base, 'base', baseChart(scope.mesh, scope.cluster), fluxNamespace);
  for (const chart of nodeAgentCharts(scope.mesh, scope.cluster)) {
    new FluxHelmRelease(new Chart(scope, nodeAgentChart), 'node-agent', chart, fluxNamespace);
  }
  for (const chart of istiodCharts(scope.mesh, scope.cluster)) {
    const id = chart.release.replace('istiod', '30-control-plane');
    new FluxHelmRelease(new Chart(scope, id), 'istiod', chart, fluxNamespace);
  }
  for (const chart of ztunnelCharts(scope.mesh, scope.cluster)) {
    new FluxHelmRelease(new Chart(scope, ztunnelChart), 'ztunnel', chart, fluxNamespace);
  }
}

/** How each format adds the control planes of a cluster, and its gateways. */
const formats: Readonly<
  Record<ControlPlaneFormat, (scope: ClusterScope, rendered: RenderedControlPlane | undefined) => void>
> = { native: addNative, operator: addOperators, istioctl: addRendered, helm: addHelm };

/**
 * Adds the control planes of a cluster, and its gateways, in the format that the mesh chose.
 *
 * @throws MeshError where the format needs manifests that are absent
 */
export function addControlPlanes(scope: ClusterScope, rendered: RenderedControlPlane | undefined): void {
  addDefinitions(scope, rendered);
  formats[scope.mesh.istio.controlPlane](scope, rendered);
  addAmbientEastWestGateway(scope);
  addInjectedGateways(scope);
}
