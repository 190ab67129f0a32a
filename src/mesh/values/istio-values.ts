import type { HelmValue, HelmValues } from '../helm-values';
import type { BaseValues, IstiodRemoteValues, SidecarInjectorWebhookValues } from './chart-values';
import type { GatewaysValues } from './gateway-values';
import type { GlobalValues } from './global-values';
import type { IstioPlatform } from './kubernetes-values';
import type { MeshConfig } from './mesh-config';
import type { PilotValues } from './pilot-values';
import type { TelemetryValues } from './telemetry-values';

/**
 * Istio's own Helm values, under Istio's own names: what shapes istiod, the account by which other clusters
 * read, and the ingress gateway.
 *
 * @see https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/
 */
export interface IstioValues {
  /**
   * What all parts of Istio share: images, proxies, logging, networks.
   * @default - the chart's defaults
   */
  readonly global?: GlobalValues;
  /**
   * Istiod: its Deployment, Service and environment.
   * @default - the chart's defaults
   */
  readonly pilot?: PilotValues;
  /**
   * The configuration of the mesh that istiod reads at run time, in ConfigMap `istio`.
   * @default - Prometheus metrics are merged, the rest as istiod has it
   */
  readonly meshConfig?: MeshConfig;
  /**
   * The webhook that gives pods their sidecar, and the templates that it fills.
   * @default - the chart's defaults
   */
  readonly sidecarInjectorWebhook?: SidecarInjectorWebhookValues;
  /**
   * Which metrics and logs proxies produce.
   * @default - metrics for Prometheus
   */
  readonly telemetry?: TelemetryValues;
  /**
   * The ingress gateway, and the security of gateways that istiod deploys for Gateway resources.
   * @default - the chart's defaults
   */
  readonly gateways?: GatewaysValues;
  /**
   * Defaults for the objects that istiod makes for a Gateway resource, by the name of its GatewayClass.
   * @default - none
   */
  readonly gatewayClasses?: HelmValues;
  /**
   * Custom resource definitions and the webhook that validates custom resources.
   * @default - the chart's defaults
   */
  readonly base?: BaseValues;
  /**
   * The revision of the control plane. It follows from `istio.revision`.
   * @default - istio.revision
   */
  readonly revision?: string;
  /**
   * Further names of the revision, each with a webhook of its own; namespaces choose one by `istio.io/rev`.
   * The name `default` is always that of the first control plane.
   * @default - none
   */
  readonly revisionTags?: readonly string[];
  /**
   * The revision that validates custom resources which belong to no revision. In the native format it follows
   * from `istio.revision`.
   * @default - none
   */
  readonly defaultRevision?: string;
  /**
   * An older version of Istio, such as 1.30, whose defaults shall go on to hold.
   * @default - the defaults of the version itself
   */
  readonly compatibilityVersion?: string;
  /**
   * The Kubernetes platform whose needs the charts meet.
   * @default - Kubernetes as such
   */
  readonly platform?: IstioPlatform;
  /**
   * The chart's profile. It follows from `istio.profile`.
   * @default - istio.profile
   */
  readonly profile?: string;
  /**
   * What may change or go away in any version of Istio.
   * @default - nothing
   */
  readonly experimental?: ExperimentalValues;
  /**
   * The name of the IstioOperator that owns the objects, in a label of each.
   * @default - unknown
   */
  readonly ownerName?: string;
  /**
   * How the API server reaches the injector, and istiod where it runs in another cluster.
   * @default - every cluster has an istiod of its own, which is the injector
   */
  readonly istiodRemote?: IstiodRemoteValues;
  /**
   * The chart of the CNI node agent.
   * @default - the node agent is not installed
   */
  readonly cni?: HelmValues;
  /**
   * The chart of the node proxy of ambient mode.
   * @default - the node proxy is not installed
   */
  readonly ztunnel?: HelmValue;
}

/** What may change or go away in any version of Istio. */
export interface ExperimentalValues {
  /**
   * Whether only stable APIs and fields of Istio's custom resources are admitted.
   * @default - false
   */
  readonly stableValidationPolicy?: boolean;
}
