import type { TolerationDefinition } from '../gateway';
import type { HelmValues } from '../helm-values';
import type {
  ImageVariant,
  IntOrString,
  IpFamily,
  IpFamilyPolicy,
  ResourceValues,
  TargetUtilizationValues,
} from './kubernetes-values';

/** Istiod: its Deployment, Service and environment. */
export interface PilotValues {
  /**
   * Environment variables of istiod by name.
   * @default - none besides those that the chart sets
   */
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  /**
   * Environment variables of istiod with `name` and `valueFrom`, as in a Kubernetes pod.
   * @default - none
   */
  readonly envVarFrom?: readonly HelmValues[];
  /**
   * Further arguments of istiod.
   * @default - none
   */
  readonly extraContainerArgs?: readonly string[];
  /**
   * The registry and folder of istiod's image.
   * @default - global.hub
   */
  readonly hub?: string;
  /**
   * The tag of istiod's image.
   * @default - global.tag
   */
  readonly tag?: string;
  /**
   * The kind of istiod's image.
   * @default - global.variant
   */
  readonly variant?: ImageVariant;
  /**
   * The image: a name below the hub, or a whole address.
   * @default - pilot
   */
  readonly image?: string;
  /**
   * Whether a HorizontalPodAutoscaler chooses the number of pods.
   * @default - true
   */
  readonly autoscaleEnabled?: boolean;
  /**
   * The least number of pods.
   * @default - 1
   */
  readonly autoscaleMin?: number;
  /**
   * The greatest number of pods.
   * @default - 5
   */
  readonly autoscaleMax?: number;
  /**
   * How fast pods are added and removed, as in a HorizontalPodAutoscaler.
   * @default - as Kubernetes does
   */
  readonly autoscaleBehavior?: HelmValues;
  /**
   * The CPU use above which pods are added.
   * @default - 80 % of what pods request
   */
  readonly cpu?: TargetUtilizationValues;
  /**
   * The memory use above which pods are added.
   * @default - memory is not looked at
   */
  readonly memory?: TargetUtilizationValues;
  /**
   * The number of pods, where it is not scaled automatically.
   * @default - 1
   */
  readonly replicaCount?: number;
  /**
   * How many pods an update may add at once.
   * @default - 100%
   */
  readonly rollingMaxSurge?: IntOrString;
  /**
   * How many pods may be missing during an update.
   * @default - 25%
   */
  readonly rollingMaxUnavailable?: IntOrString;
  /**
   * The PodDisruptionBudget of istiod.
   * @default - one pod stays
   */
  readonly pdb?: PodDisruptionBudgetValues;
  /**
   * What each pod asks for and may use.
   * @default - requests 500m CPU and 2048Mi memory
   */
  readonly resources?: ResourceValues;
  /**
   * Labels of the nodes that pods may run on.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Taints of nodes that pods tolerate, besides that of nodes without CNI.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * Where pods run relative to nodes and other pods.
   * @default - no preference
   */
  readonly affinity?: HelmValues;
  /**
   * How pods are spread over zones or nodes.
   * @default - no preference
   */
  readonly topologySpreadConstraints?: readonly HelmValues[];
  /**
   * The seccomp profile of istiod, such as type RuntimeDefault.
   * @default - none
   */
  readonly seccompProfile?: HelmValues;
  /**
   * Volumes of the pod, besides those that the chart has.
   * @default - none
   */
  readonly volumes?: readonly HelmValues[];
  /**
   * Where those volumes are mounted in istiod.
   * @default - nowhere
   */
  readonly volumeMounts?: readonly HelmValues[];
  /**
   * Containers that run before istiod.
   * @default - none
   */
  readonly initContainers?: readonly HelmValues[];
  /**
   * Where the kubelet finds istiod's last words; from Istio 1.31 on.
   * @default - FallbackToLogsOnError on OpenShift, else the cluster's default
   */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
  /**
   * Labels of the Deployment.
   * @default - none besides those that the chart sets
   */
  readonly deploymentLabels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Deployment.
   * @default - none
   */
  readonly deploymentAnnotations?: Readonly<Record<string, string>>;
  /**
   * Labels of the pods.
   * @default - none besides those that the chart sets
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods.
   * @default - none besides those that the chart sets
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
   * The IP families of the Service, the most important first.
   * @default - global.ipFamilies
   */
  readonly ipFamilies?: readonly IpFamily[];
  /**
   * Which of istiod's pods a proxy connects to, such as PreferClose.
   * @default - any
   */
  readonly trafficDistribution?: string;
  /**
   * For how long a proxy stays connected to one pod, such as 30m.
   * @default - 30m
   */
  readonly keepaliveMaxServerConnectionAge?: string;
  /**
   * The share of requests that are traced, in percent.
   * @default - 1
   */
  readonly traceSampling?: number;
  /**
   * Root certificates in PEM, by which istiod trusts the servers of JSON web key sets.
   * @default - none
   */
  readonly jwksResolverExtraRootCA?: string;
  /**
   * Whether ConfigMap `istio` with the mesh's configuration is written.
   * @default - true
   */
  readonly configMap?: boolean;
  /**
   * The CNI node agent, where one is installed already.
   * @default - none; init containers redirect traffic
   */
  readonly cni?: PilotCniValues;
  /**
   * The controller that removes a taint from nodes once their CNI is ready.
   * @default - off
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
   * Where pods find an istiod that runs in another cluster.
   * @default - every cluster has an istiod of its own
   */
  readonly istiodRemote?: HelmValues;
}

/** Where the kubelet finds a container's last words. */
export const terminationMessagePolicies = ['File', 'FallbackToLogsOnError'] as const;
export type TerminationMessagePolicy = (typeof terminationMessagePolicies)[number];

/** The PodDisruptionBudget of istiod. */
export interface PodDisruptionBudgetValues {
  /**
   * How many pods stay.
   * @default - 1
   */
  readonly minAvailable?: IntOrString;
  /**
   * How many pods may be missing; it goes before `minAvailable`.
   * @default - minAvailable decides
   */
  readonly maxUnavailable?: IntOrString;
  /**
   * Whether pods that are not healthy may always be evicted.
   * @default - IfHealthyBudget, as Kubernetes does
   */
  readonly unhealthyPodEvictionPolicy?: UnhealthyPodEvictionPolicy;
}

/** Whether pods that are not healthy may always be evicted. */
export const unhealthyPodEvictionPolicies = ['', 'IfHealthyBudget', 'AlwaysAllow'] as const;
export type UnhealthyPodEvictionPolicy = (typeof unhealthyPodEvictionPolicies)[number];

/** The CNI node agent, as istiod's templates see it. */
export interface PilotCniValues {
  /**
   * Whether the node agent redirects the traffic of pods, rather than an init container.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * How the agent's plugin is called: by every pod, or for each by Multus.
   * @default - default
   */
  readonly provider?: CniProvider;
}

/** How a CNI plugin is called. */
export const cniProviders = ['default', 'multus'] as const;
export type CniProvider = (typeof cniProviders)[number];

/** The controller that removes a taint from nodes once their CNI is ready. */
export interface TaintValues {
  /**
   * Whether it runs.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * The namespace of the CNI node agent.
   * @default - the namespace of istiod
   */
  readonly namespace?: string;
  /**
   * The taint's key; from Istio 1.30 on.
   * @default - cni.istio.io/not-ready
   */
  readonly name?: string;
}
