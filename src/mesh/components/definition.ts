import type { HelmValues } from '../helm-values';

/** The components of a control plane. */
export interface ControlPlaneComponents {
  /**
   * The component istiod.
   * @default - istiod as its chart writes it
   */
  readonly pilot?: ComponentDefinition;
}

/**
 * The components of an IstioOperator, with the names that Istio uses. A list of a cluster replaces that of the mesh,
 * and both replace that of the profile, as istioctl merges its files.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export interface ComponentsDefinition extends ControlPlaneComponents {
  /**
   * The component that all control planes of a cluster share. It cannot be disabled.
   * @default - enabled
   */
  readonly base?: ComponentDefinition;
  /**
   * The component with the CNI node agent.
   * @default - disabled, but enabled where `dataPlane` is ambient or both
   */
  readonly cni?: ComponentDefinition;
  /**
   * The ingress gateways.
   * @default - those of the profile: istio-ingressgateway, or none with `minimal`
   */
  readonly ingressGateways?: readonly GatewayComponentDefinition[];
  /**
   * The egress gateways.
   * @default - those of the profile: none, or istio-egressgateway with `demo`
   */
  readonly egressGateways?: readonly GatewayComponentDefinition[];
  /**
   * The component with ztunnel, which `dataPlane` enables.
   * @default - enabled where `dataPlane` is ambient or both
   */
  readonly ztunnel?: ComponentDefinition;
  /**
   * The component for an external istiod. It cannot be enabled.
   * @default - disabled
   */
  readonly istiodRemote?: ComponentDefinition;
}

/** A component of Istio. */
export interface ComponentDefinition {
  /**
   * Whether the component is installed.
   * @default - true for a component that the definition names
   */
  readonly enabled?: boolean | null;
  /**
   * The namespace of a gateway, which must exist, of ztunnel, or of the CNI node agent. The control plane is always in
   * istio-system.
   * @default - istio-system; for ztunnel kube-system on OpenShift
   */
  readonly namespace?: string | null;
  /**
   * The registry and repository prefix of the component's image. Istio ignores it for gateways.
   * @default - `istio.hub`
   */
  readonly hub?: string | null;
  /**
   * The tag of the component's image.
   * @default - `istio.tag`
   */
  readonly tag?: string | number | null;
  /**
   * The settings of the component's Kubernetes objects.
   * @default - the objects as the chart writes them
   */
  readonly k8s?: KubernetesSettings | null;
}

/** An ingress or egress gateway. */
export interface GatewayComponentDefinition extends ComponentDefinition {
  /**
   * The name of the gateway's Deployment and Service.
   */
  readonly name: string;
  /**
   * The labels of the gateway's pods, beside those of the chart. They are part of the selector of the Deployment.
   * @default - app and istio, as in the chart
   */
  readonly label?: Readonly<Record<string, string>> | null;
}

/**
 * The settings of a component's Kubernetes objects. Each has the form of a field of the Kubernetes API, and is
 * merged over what the chart writes.
 */
export interface KubernetesSettings {
  /**
   * The affinity of the pods.
   * @default - as in the chart
   */
  readonly affinity?: HelmValues | null;
  /**
   * Environment variables of the container, merged by name.
   * @default - as in the chart
   */
  readonly env?: readonly HelmValues[] | null;
  /**
   * The spec of the HorizontalPodAutoscaler.
   * @default - as in the chart
   */
  readonly hpaSpec?: HelmValues | null;
  /**
   * When the image of the container is pulled.
   * @default - as in the chart
   */
  readonly imagePullPolicy?: string | null;
  /**
   * The labels of the nodes on which the pods can run.
   * @default - as in the chart
   */
  readonly nodeSelector?: Readonly<Record<string, string>> | null;
  /**
   * Changes of single fields of the objects, applied last.
   * @default - none
   */
  readonly overlays?: readonly OverlayDefinition[] | null;
  /**
   * The annotations of the pods.
   * @default - as in the chart
   */
  readonly podAnnotations?: Readonly<Record<string, string>> | null;
  /**
   * The spec of the PodDisruptionBudget.
   * @default - as in the chart
   */
  readonly podDisruptionBudget?: HelmValues | null;
  /**
   * The priority class of the pods.
   * @default - as in the chart
   */
  readonly priorityClassName?: string | null;
  /**
   * The readiness probe of the container.
   * @default - as in the chart
   */
  readonly readinessProbe?: HelmValues | null;
  /**
   * The number of pods.
   * @default - as in the chart
   */
  readonly replicaCount?: number | null;
  /**
   * The resources of the container.
   * @default - as in the chart
   */
  readonly resources?: HelmValues | null;
  /**
   * The security context of the pods.
   * @default - as in the chart
   */
  readonly securityContext?: HelmValues | null;
  /**
   * The spec of the Service. The ports of a gateway replace those of the chart.
   * @default - as in the chart
   */
  readonly service?: HelmValues | null;
  /**
   * The annotations of the Service.
   * @default - as in the chart
   */
  readonly serviceAnnotations?: Readonly<Record<string, string>> | null;
  /**
   * How the Deployment replaces its pods.
   * @default - as in the chart
   */
  readonly strategy?: HelmValues | null;
  /**
   * The tolerations of the pods.
   * @default - as in the chart
   */
  readonly tolerations?: readonly HelmValues[] | null;
  /**
   * Istio accepts this setting and does not apply it. Use `overlays` or `patches` instead.
   * @default - none
   */
  readonly volumes?: readonly HelmValues[] | null;
  /**
   * Istio accepts this setting and does not apply it. Use `overlays` or `patches` instead.
   * @default - none
   */
  readonly volumeMounts?: readonly HelmValues[] | null;
}

/** Changes of fields of one object of a component. */
export interface OverlayDefinition {
  /**
   * The API version of the object, which Istio ignores.
   * @default - any
   */
  readonly apiVersion?: string | null;
  /**
   * The kind of the object.
   */
  readonly kind: string;
  /**
   * The name of the object.
   */
  readonly name: string;
  /**
   * The changes, in this order.
   * @default - none
   */
  readonly patches?: readonly OverlayPatchDefinition[] | null;
}

/** A change of one field. */
export interface OverlayPatchDefinition {
  /**
   * The path of the field, such as `spec.template.spec.containers.[name:discovery].args.[-1]`.
   */
  readonly path: string;
  /**
   * The new value. Without a value, the field is removed.
   * @default - none
   */
  readonly value?: unknown;
}
