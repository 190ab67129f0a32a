import type { HelmValues } from '../helm-values';
import type { BaseValues, IstiodRemoteValues, SidecarInjectorWebhookValues } from './chart-values';
import type { CniValues } from './cni-values';
import type { GatewaysValues } from './gateway-values';
import type { GlobalValues } from './global-values';
import type { IstioPlatform } from './kubernetes-values';
import type { MeshConfig } from './mesh-config';
import type { PilotValues } from './pilot-values';
import type { TelemetryValues } from './telemetry-values';
import type { ZtunnelValues } from './ztunnel-values';

/**
 * Istio's Helm values, with the names that Istio uses. They configure istiod, the reader service account and
 * the ingress gateway.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export interface IstioValues {
  /**
   * Settings that all components of Istio share, such as images, proxies and logs.
   * @default - the defaults of the chart
   */
  readonly global?: GlobalValues;
  /**
   * The Deployment, Service and environment of istiod.
   * @default - the defaults of the chart
   */
  readonly pilot?: PilotValues;
  /**
   * The mesh configuration that istiod reads at run time from the ConfigMap `istio`.
   * @default - merged Prometheus metrics, and the defaults of istiod
   */
  readonly meshConfig?: MeshConfig;
  /**
   * The webhook that injects sidecars, and its templates.
   * @default - the defaults of the chart
   */
  readonly sidecarInjectorWebhook?: SidecarInjectorWebhookValues;
  /**
   * The metrics and logs of proxies.
   * @default - metrics for Prometheus
   */
  readonly telemetry?: TelemetryValues;
  /**
   * The ingress gateway, and the security settings of gateways that istiod deploys for Gateway resources.
   * @default - the defaults of the chart
   */
  readonly gateways?: GatewaysValues;
  /**
   * Defaults for the objects that istiod creates for a Gateway resource, by GatewayClass name.
   * @default - none
   */
  readonly gatewayClasses?: Readonly<Record<string, HelmValues | null>>;
  /**
   * The CustomResourceDefinitions and the webhook that validates custom resources.
   * @default - the defaults of the chart
   */
  readonly base?: BaseValues;
  /**
   * The revision of the control plane. Set `istio.revision` of the mesh definition instead.
   * @default - istio.revision
   */
  readonly revision?: string;
  /**
   * The tags of the revision. Each tag has its own webhook, and namespaces select it with `istio.io/rev`. The
   * tag `default` always belongs to the first control plane.
   * @default - none
   */
  readonly revisionTags?: readonly string[];
  /**
   * The revision that validates custom resources without a revision. With the format `native`, set
   * `istio.revision` of the mesh definition instead.
   * @default - none
   */
  readonly defaultRevision?: string;
  /**
   * An older version of Istio, such as 1.30, whose defaults are used.
   * @default - the defaults of the version itself
   */
  readonly compatibilityVersion?: string;
  /**
   * The Kubernetes platform for which the charts add settings.
   * @default - none
   */
  readonly platform?: IstioPlatform | '';
  /**
   * The profile of the chart. Set `istio.profile` of the mesh definition instead.
   * @default - istio.profile
   */
  readonly profile?: string;
  /**
   * Experimental settings, which any version of Istio can change or remove.
   * @default - none
   */
  readonly experimental?: ExperimentalValues;
  /**
   * The name of the IstioOperator that owns the objects, in a label of each object.
   * @default - unknown
   */
  readonly ownerName?: string;
  /**
   * The address of the sidecar injector, and settings for an external istiod.
   * @default - every cluster has its own istiod, which is the injector
   */
  readonly istiodRemote?: IstiodRemoteValues;
  /**
   * The CNI node agent, which `istio.cni` enables.
   * @default - the defaults of the chart
   */
  readonly cni?: CniValues;
  /**
   * The node proxy of ambient mode, ztunnel, which `dataPlane` enables.
   * @default - the defaults of the chart
   */
  readonly ztunnel?: ZtunnelValues;
}

/** Experimental settings, which any version of Istio can change or remove. */
export interface ExperimentalValues {
  /**
   * Whether to admit only stable APIs and fields of Istio's custom resources.
   * @default - false
   */
  readonly stableValidationPolicy?: boolean;
}
