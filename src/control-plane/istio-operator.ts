import { defined, ifSet } from '../kubernetes/object';
import type {
  ComponentDefinition,
  ComponentsDefinition,
  GatewayComponentDefinition,
} from '../mesh/components/definition';
import { hasAmbient } from '../mesh/data-plane';
import { type HelmValue, type HelmValues, isMap, mergeValues } from '../mesh/helm-values';
import {
  defaultRevision,
  eastWestGatewayLabels,
  eastWestGatewayName,
  istioSystem,
  networkLabel,
} from '../mesh/istio-names';
import type { Cluster, ClusterIstio, EastWestGatewaySettings, Mesh } from '../mesh/mesh';
import { eastWestPorts, pullSecrets } from './gateway/east-west';
import { furtherSettings } from './gateway/east-west-settings';
import { clusterValues } from './input';
import { withUnvalidated } from './unvalidated-values';

/** The input of `istioctl install -f` and `istioctl manifest generate -f`. */
export interface IstioOperator {
  readonly apiVersion: 'install.istio.io/v1alpha1';
  readonly kind: 'IstioOperator';
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: IstioOperatorSpec;
}

/** @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/ */
interface IstioOperatorSpec {
  readonly profile: string;
  readonly hub: string;
  readonly tag: string;
  readonly revision?: string;
  readonly components?: ComponentsDefinition;
  readonly values: HelmValues;
  /** Values that istioctl does not check, and does not overwrite with what follows from the components. */
  readonly unvalidatedValues?: HelmValues;
}

/** The control plane of a cluster. */
export function controlPlaneOperator(mesh: Mesh, cluster: Cluster): IstioOperator {
  const { cni, profile, dataPlane } = cluster.istio;
  const { values, unvalidatedValues } = withUnvalidated(
    mergeValues(clusterValues(mesh, cluster), crdValues(mesh)),
    cni !== undefined,
  );
  return istioOperator(cluster, 'istio-control-plane', {
    profile: hasAmbient(dataPlane) ? 'ambient' : profile,
    ...componentsOf(cluster.istio),
    values,
    ...(Object.keys(unvalidatedValues).length === 0 ? {} : { unvalidatedValues }),
  });
}

function componentsOf(istio: ClusterIstio): Pick<IstioOperatorSpec, 'components'> {
  const { cni, ztunnel, dataPlane, profile } = istio;
  const isAmbient = hasAmbient(dataPlane);
  const components = defined({
    ...istio.components,
    cni: nodeComponent(istio.components?.cni, cni, isAmbient),
    // Without ambient mode, an IstioOperator can still have it.
    ...(isAmbient ? { ztunnel: nodeComponent(istio.components?.ztunnel, ztunnel, isAmbient) } : {}),
    // The profile `ambient` disables it.
    ingressGateways:
      istio.components?.ingressGateways ?? (isAmbient && profile === 'default' ? ingressGateways : undefined),
  });
  return istio.components === undefined && Object.keys(components).length === 0 ? {} : { components };
}

const ingressGateways = [{ name: 'istio-ingressgateway', enabled: true }];

/**
 * The component of a DaemonSet. istioctl installs it in the namespace of the control plane if the component names none.
 *
 * @param known the component of the definition
 * @param settings undefined if the cluster does not have it
 * @param isInProfile whether the profile enables it
 */
function nodeComponent(
  known: ComponentDefinition | undefined,
  settings: { readonly namespace: string } | undefined,
  isInProfile: boolean,
): ComponentDefinition | undefined {
  if (settings === undefined) {
    return known === undefined && !isInProfile ? undefined : { ...known, enabled: false };
  }
  const namespace = settings.namespace === istioSystem ? {} : { namespace: settings.namespace };
  return { ...known, enabled: true, ...namespace };
}

/** The east-west gateway of a cluster, separate from its control plane, as in Istio's documentation. */
export function eastWestGatewayOperator(
  mesh: Mesh,
  cluster: Cluster,
  gateway: EastWestGatewaySettings,
): IstioOperator {
  // The gateways share a chart: the user's values for the ingress gateway would apply to this one, too. Those of the
  // node agent can be values that istioctl refuses.
  const { gateways = {}, cni: _, ...others } = clusterValues(mesh, cluster);
  const { values } = withUnvalidated(others, cluster.istio.cni !== undefined);
  const seccompProfile = isMap(gateways) ? gateways.seccompProfile : undefined;
  return istioOperator(cluster, 'istio-eastwest-gateway', {
    profile: 'empty',
    components: { ingressGateways: [gatewayComponent(cluster.network, gateway, seccompProfile)] },
    values: mergeValues(values, pullSecretValues(gateway), {
      gateways: { 'istio-ingressgateway': { injectionTemplate: 'gateway', ...scalingValues(gateway) } },
    }),
  });
}

function istioOperator(
  cluster: Cluster,
  name: string,
  spec: Omit<IstioOperatorSpec, 'hub' | 'tag' | 'revision'>,
): IstioOperator {
  const { hub, tag, revision } = cluster.istio;
  const { profile, ...rest } = spec;
  return {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { name, namespace: istioSystem },
    spec: { profile, hub, tag, ...(revision === defaultRevision ? {} : { revision }), ...rest },
  };
}

/** Omits the CustomResourceDefinitions if another tool installs them. */
function crdValues({ istio }: Mesh): HelmValues {
  return istio.crds === 'skip' ? { base: { enableIstioConfigCRDs: false } } : {};
}

/** @param seccompProfile the one of the values, which istioctl does not give to the charts of gateways */
function gatewayComponent(
  network: string,
  gateway: EastWestGatewaySettings,
  seccompProfile: HelmValue | undefined,
): GatewayComponentDefinition {
  const { annotations, ports: _, selectorLabels: __, ...service } = gateway.service;
  const { resources, nodeSelector, tolerations, affinity, priorityClassName, podAnnotations } = gateway;
  const further = furtherSettings(gateway, network);
  const { name: namespace } = gateway.namespace;
  return {
    name: eastWestGatewayName,
    enabled: true,
    ...(namespace === istioSystem ? {} : { namespace }),
    label: { ...eastWestGatewayLabels, [networkLabel]: network, ...gateway.labels },
    k8s: defined({
      env: [{ name: 'ISTIO_META_REQUESTED_NETWORK_VIEW', value: network }],
      resources,
      nodeSelector,
      tolerations,
      affinity,
      priorityClassName: ifSet(priorityClassName),
      podAnnotations,
      serviceAnnotations: Object.keys(annotations).length === 0 ? undefined : annotations,
      ...further,
      securityContext: ifSet({ ...defined({ seccompProfile }), ...further?.securityContext }),
      service: { ...service, ...further?.service, ports: eastWestPorts(gateway) },
    }),
  };
}

/** The gateway's service account gets the Secrets of the values. */
function pullSecretValues(gateway: EastWestGatewaySettings): HelmValues {
  const imagePullSecrets = pullSecrets(gateway);
  return imagePullSecrets === undefined ? {} : { global: { imagePullSecrets } };
}

/**
 * Values of the chart, because the settings of the component are not enough: its hpaSpec sets no
 * utilization, and before 1.31 its replicaCount adds no PodDisruptionBudget.
 */
function scalingValues({ autoscaling, replicas }: EastWestGatewaySettings): HelmValues {
  if (autoscaling === 'disabled') return { autoscaleEnabled: false, ...defined({ replicaCount: replicas }) };
  return {
    autoscaleEnabled: true,
    autoscaleMin: autoscaling.minReplicas,
    autoscaleMax: autoscaling.maxReplicas,
    cpu: { targetAverageUtilization: autoscaling.targetCPUUtilizationPercentage },
  };
}
