import type { HelmValues } from '../helm-values';
import type { TolerationDefinition } from '../kubernetes/scheduling';
import type {
  ImageVariant,
  IntOrString,
  IpFamily,
  IpFamilyPolicy,
  ResourceValues,
  TargetUtilizationValues,
} from './kubernetes-values';

/** The Deployment, Service and environment of istiod. */
export interface PilotValues {
  /**
   * Environment variables of istiod, by name.
   * @default - only those of the chart
   */
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Environment variables of istiod with `name` and `valueFrom`, as in a Kubernetes pod.
   * @default - none
   */
  readonly envVarFrom?: readonly HelmValues[];
  /**
   * Additional arguments of istiod.
   * @default - none
   */
  readonly extraContainerArgs?: readonly string[];
  /**
   * The registry of the istiod image.
   * @default - global.hub
   */
  readonly hub?: string;
  /**
   * The tag of the istiod image.
   * @default - global.tag
   */
  readonly tag?: string;
  /**
   * The variant of the istiod image.
   * @default - global.variant
   */
  readonly variant?: ImageVariant;
  /**
   * The image: a name in the hub, or a full image reference.
   * @default - pilot
   */
  readonly image?: string;
  /**
   * Whether a HorizontalPodAutoscaler scales the pods.
   * @default - true
   */
  readonly autoscaleEnabled?: boolean;
  /**
   * The minimum number of pods.
   * @default - 1
   */
  readonly autoscaleMin?: number;
  /**
   * The maximum number of pods.
   * @default - 5
   */
  readonly autoscaleMax?: number;
  /**
   * The scaling behavior of the HorizontalPodAutoscaler.
   * @default - the default of Kubernetes
   */
  readonly autoscaleBehavior?: HelmValues;
  /**
   * The target CPU utilization.
   * @default - 80 % of the requests
   */
  readonly cpu?: TargetUtilizationValues;
  /**
   * The target memory utilization.
   * @default - none
   */
  readonly memory?: TargetUtilizationValues;
  /**
   * The number of pods, if autoscaling is disabled.
   * @default - 1
   */
  readonly replicaCount?: number;
  /**
   * The number or percentage of pods that a rolling update can add.
   * @default - 100%
   */
  readonly rollingMaxSurge?: IntOrString;
  /**
   * The number or percentage of pods that can be unavailable during a rolling update.
   * @default - 25%
   */
  readonly rollingMaxUnavailable?: IntOrString;
  /**
   * The PodDisruptionBudget of istiod.
   * @default - at least one pod is available
   */
  readonly pdb?: PodDisruptionBudgetValues;
  /**
   * The resource requests and limits of each pod.
   * @default - requests 500m CPU and 2048Mi memory
   */
  readonly resources?: ResourceValues;
  /**
   * The labels of the nodes on which the pods can run.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * The tolerations of the pods, besides the one for nodes without CNI.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * The affinity of the pods.
   * @default - no preference
   */
  readonly affinity?: HelmValues;
  /**
   * The topology spread constraints of the pods.
   * @default - no preference
   */
  readonly topologySpreadConstraints?: readonly HelmValues[];
  /**
   * The seccomp profile of istiod, such as `type: RuntimeDefault`.
   * @default - none
   */
  readonly seccompProfile?: HelmValues;
  /**
   * Additional volumes of the pods.
   * @default - none
   */
  readonly volumes?: readonly HelmValues[];
  /**
   * The mounts of the additional volumes in istiod.
   * @default - none
   */
  readonly volumeMounts?: readonly HelmValues[];
  /**
   * Init containers of the pods.
   * @default - none
   */
  readonly initContainers?: readonly HelmValues[];
  /**
   * The termination message policy of istiod. Requires Istio 1.31.
   * @default - FallbackToLogsOnError on OpenShift, otherwise the default of the cluster
   */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
  /**
   * Labels of the Deployment.
   * @default - only those of the chart
   */
  readonly deploymentLabels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Deployment.
   * @default - none
   */
  readonly deploymentAnnotations?: Readonly<Record<string, string>>;
  /**
   * Labels of the pods.
   * @default - only those of the chart
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods.
   * @default - only those of the chart
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Service.
   * @default - none
   */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
  /**
   * Annotations of the service account.
   * @default - none
   */
  readonly serviceAccountAnnotations?: Readonly<Record<string, string>>;
  /**
   * Annotations of the webhook configuration of the sidecar injector.
   * @default - none
   */
  readonly sidecarInjectorWebhookAnnotations?: Readonly<Record<string, string>>;
  /**
   * Whether the Service uses IPv4, IPv6 or both.
   * @default - global.ipFamilyPolicy
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /**
   * The IP families of the Service, the primary one first.
   * @default - global.ipFamilies
   */
  readonly ipFamilies?: readonly IpFamily[];
  /**
   * The traffic distribution of the Service, such as PreferClose.
   * @default - none
   */
  readonly trafficDistribution?: string;
  /**
   * How long a proxy stays connected to the same pod of istiod, such as 30m.
   * @default - 30m
   */
  readonly keepaliveMaxServerConnectionAge?: string;
  /**
   * The percentage of requests that are traced.
   * @default - 1
   */
  readonly traceSampling?: number;
  /**
   * Additional root certificates in PEM that istiod trusts for servers of JSON Web Key Sets.
   * @default - none
   */
  readonly jwksResolverExtraRootCA?: string;
  /**
   * Whether to write the ConfigMap `istio` with the mesh configuration.
   * @default - true
   */
  readonly configMap?: boolean;
  /**
   * Whether an installed CNI node agent redirects traffic.
   * @default - init containers redirect traffic
   */
  readonly cni?: PilotCniValues;
  /**
   * The controller that removes a taint from nodes when their CNI is ready.
   * @default - disabled
   */
  readonly taint?: TaintValues;
  /**
   * The namespace of the ztunnel that istiod trusts.
   * @default - the namespace of istiod
   */
  readonly trustedZtunnelNamespace?: string;
  /**
   * The service account of the ztunnel that istiod trusts.
   * @default - ztunnel
   */
  readonly trustedZtunnelName?: string;
  /**
   * The name of the ConfigMap with revoked certificates.
   * @default - istio-ca-crl
   */
  readonly crlConfigMapName?: string;
  /**
   * Settings for an external istiod.
   * @default - every cluster has its own istiod
   */
  readonly istiodRemote?: HelmValues;
}

/** The termination message policies of a container. */
export const terminationMessagePolicies = ['File', 'FallbackToLogsOnError'] as const;
export type TerminationMessagePolicy = (typeof terminationMessagePolicies)[number];

/** The PodDisruptionBudget of istiod. */
export interface PodDisruptionBudgetValues {
  /**
   * The minimum number of available pods.
   * @default - 1
   */
  readonly minAvailable?: IntOrString;
  /**
   * The maximum number of unavailable pods. It takes precedence over `minAvailable`.
   * @default - none
   */
  readonly maxUnavailable?: IntOrString;
  /**
   * Whether unhealthy pods can always be evicted.
   * @default - IfHealthyBudget, the default of Kubernetes
   */
  readonly unhealthyPodEvictionPolicy?: UnhealthyPodEvictionPolicy;
}

/** Whether unhealthy pods can always be evicted. */
export const unhealthyPodEvictionPolicies = ['', 'IfHealthyBudget', 'AlwaysAllow'] as const;
export type UnhealthyPodEvictionPolicy = (typeof unhealthyPodEvictionPolicies)[number];

/** The settings of an installed CNI node agent. */
export interface PilotCniValues {
  /**
   * Whether the node agent redirects traffic of pods instead of an init container.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * How the CNI plugin is called: directly, or through Multus.
   * @default - default
   */
  readonly provider?: CniProvider;
}

/** How a CNI plugin is called. */
export const cniProviders = ['default', 'multus'] as const;
export type CniProvider = (typeof cniProviders)[number];

/** The controller that removes a taint from nodes when their CNI is ready. */
export interface TaintValues {
  /**
   * Whether the controller runs.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * The namespace of the CNI node agent.
   * @default - the namespace of istiod
   */
  readonly namespace?: string;
  /**
   * The key of the taint. Requires Istio 1.30.
   * @default - cni.istio.io/not-ready
   */
  readonly name?: string;
}
