import type { HelmValues } from '../helm-values';
import type { TolerationDefinition } from '../kubernetes/scheduling';
import type { LoggingValues } from './global-values';
import type { ImagePullPolicy, ImageVariant, LabelSelectorValues, ResourceValues } from './kubernetes-values';
import type { CniProvider } from './pilot-values';

/**
 * The values of the CNI node agent: a pod on each node that installs Istio's CNI plugin, which redirects the traffic
 * of pods to their sidecars. Enable it with `istio.cni`.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/cni/
 */
export interface CniValues {
  /**
   * The registry and repository prefix of the image.
   * @default - global.hub
   */
  readonly hub?: string;
  /**
   * The tag of the image.
   * @default - global.tag
   */
  readonly tag?: string | number;
  /**
   * The variant of the image.
   * @default - global.variant
   */
  readonly variant?: ImageVariant;
  /**
   * The name of the image, or a whole reference with a registry and a tag.
   * @default - install-cni
   */
  readonly image?: string;
  /**
   * The image pull policy.
   * @default - global.imagePullPolicy
   */
  readonly pullPolicy?: ImagePullPolicy;
  /**
   * The log levels of the node agent.
   * @default - global.logging
   */
  readonly logging?: LoggingValues;
  /**
   * The folder on the nodes in which the container runtime looks for CNI plugins.
   * @default - that of the platform, else /opt/cni/bin
   */
  readonly cniBinDir?: string;
  /**
   * The folder on the nodes with the configuration of CNI plugins.
   * @default - that of the platform, else /etc/cni/net.d
   */
  readonly cniConfDir?: string;
  /**
   * The file of the CNI configuration that the plugin is added to, such as 10-calico.conflist. Without `chained`, the
   * file that is created.
   * @default - the first file of the folder
   */
  readonly cniConfFileName?: string;
  /**
   * The folder on the nodes with network namespaces.
   * @default - that of the platform, else /var/run/netns
   */
  readonly cniNetnsDir?: string;
  /**
   * Whether the plugin has a configuration file of its own, a copy of the file that it would be added to.
   * @default - false
   */
  readonly istioOwnedCNIConfig?: boolean;
  /**
   * The name of this file. It must sort before the file that is copied.
   * @default - 02-istio-cni.conflist
   */
  readonly istioOwnedCNIConfigFileName?: string;
  /**
   * Whether the plugin is added to the configuration of another plugin, or has a file of its own.
   * @default - true; false on OpenShift
   */
  readonly chained?: boolean;
  /**
   * How the plugin is called: directly, or through Multus, with a NetworkAttachmentDefinition in the namespace
   * `default`.
   * @default - default; multus on OpenShift
   */
  readonly provider?: CniProvider;
  /**
   * The namespaces whose pods the plugin ignores.
   * @default - kube-system
   */
  readonly excludeNamespaces?: readonly string[];
  /**
   * What happens to pods that started before the plugin was ready.
   * @default - their traffic is redirected afterwards
   */
  readonly repair?: CniRepairValues;
  /**
   * Whether and how the plugin redirects the traffic of pods in ambient mode.
   * @default - disabled
   */
  readonly ambient?: CniAmbientValues;
  /**
   * Environment variables of the node agent. They are also in the ConfigMap `istio-cni-config`.
   * @default - only those of the chart
   */
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  /**
   * The resource requests and limits of the pods.
   * @default - requests of 100m CPU and 100Mi memory
   */
  readonly resources?: ResourceValues;
  /**
   * The quota of pods with the priority class `system-node-critical`, which GKE requires outside of kube-system.
   * @default - disabled; enabled on GKE
   */
  readonly resourceQuotas?: ResourceQuotaValues;
  /**
   * The tolerations of the pods.
   * @default - all taints
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * The affinity of the pods.
   * @default - all Linux nodes
   */
  readonly affinity?: HelmValues;
  /**
   * How the pods of the DaemonSet are replaced.
   * @default - one node at a time
   */
  readonly updateStrategy?: DaemonSetUpdateStrategyValues;
  /**
   * How many seconds a pod has to remove the plugin when it ends.
   * @default - 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * Labels of the DaemonSet.
   * @default - only those of the chart
   */
  readonly daemonSetLabels?: Readonly<Record<string, string>>;
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
   * The seccomp profile of the container.
   * @default - none
   */
  readonly seccompProfile?: HelmValues;
  /**
   * The SELinux options of the container. `type` is spc_t unless another one is set.
   * @default - none; the type spc_t on OpenShift
   */
  readonly seLinuxOptions?: HelmValues;
  /**
   * Whether an annotation instead of a field sets the AppArmor profile, as Kubernetes 1.29 requires. Needs Istio 1.30.
   * @default - true
   */
  readonly useAppArmorAnnotation?: boolean;
}

/**
 * What happens to pods that started before the plugin was ready, and whose traffic is therefore not redirected. Their
 * init container fails until they are repaired.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/cni/#race-condition--mitigation
 */
export interface CniRepairValues {
  /**
   * Whether such pods are detected.
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * Whether to redirect the traffic of the running pod.
   * @default - true
   */
  readonly repairPods?: boolean;
  /**
   * Whether to delete the pod. `repairPods` takes precedence.
   * @default - false
   */
  readonly deletePods?: boolean;
  /**
   * Whether to label the pod. `repairPods` and `deletePods` take precedence.
   * @default - false
   */
  readonly labelPods?: boolean;
  /**
   * The name of the init container that fails in such a pod.
   * @default - istio-validation
   */
  readonly initContainerName?: string;
  /**
   * The key of the label of `labelPods`.
   * @default - cni.istio.io/uninitialized
   */
  readonly brokenPodLabelKey?: string;
  /**
   * The value of the label of `labelPods`.
   * @default - true
   */
  readonly brokenPodLabelValue?: string;
}

/**
 * How the plugin redirects the traffic of pods in ambient mode.
 *
 * @see https://istio.io/latest/docs/ambient/architecture/traffic-redirection/
 */
export interface CniAmbientValues {
  /**
   * Whether the traffic of pods in ambient mode is redirected.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * The pods in ambient mode, as a list of `podSelector` and `namespaceSelector`.
   * @default - pods and namespaces with the label istio.io/dataplane-mode=ambient
   */
  readonly enablementSelectors?: readonly CniEnablementSelectorValues[];
  /**
   * Whether DNS queries are redirected.
   * @default - true
   */
  readonly dnsCapture?: boolean;
  /**
   * Whether IPv6 traffic is redirected.
   * @default - true
   */
  readonly ipv6?: boolean;
  /**
   * Whether rules of earlier versions are replaced when the node agent starts.
   * @default - true
   */
  readonly reconcileIptablesOnStartup?: boolean;
  /**
   * Whether the node agent runs in the network of the node.
   * @default - false
   */
  readonly shareHostNetworkNamespace?: boolean;
  /**
   * Whether the plugin asks again if it fails to find out whether a pod is in ambient mode.
   * @default - false
   */
  readonly enableAmbientDetectionRetry?: boolean;
}

/** Selects pods for ambient mode. Both selectors must match. */
export interface CniEnablementSelectorValues {
  /**
   * The labels of the pods.
   * @default - all pods
   */
  readonly podSelector?: LabelSelectorValues;
  /**
   * The labels of the namespaces of the pods.
   * @default - all namespaces
   */
  readonly namespaceSelector?: LabelSelectorValues;
}

/** A ResourceQuota of pods. */
export interface ResourceQuotaValues {
  /**
   * Whether there is a quota.
   * @default - false
   */
  readonly enabled?: boolean;
  /**
   * The number of pods.
   * @default - 5000
   */
  readonly pods?: number;
}

/** How the pods of a DaemonSet are replaced. */
export interface DaemonSetUpdateStrategyValues {
  /**
   * Whether pods are replaced when the DaemonSet changes, or only after you delete them.
   * @default - RollingUpdate
   */
  readonly type?: DaemonSetUpdateStrategy;
  /**
   * The numbers of pods in a rolling update: `maxUnavailable` and `maxSurge`.
   * @default - one unavailable pod
   */
  readonly rollingUpdate?: HelmValues | null;
}

/** How the pods of a DaemonSet can be replaced. */
export const daemonSetUpdateStrategies = ['RollingUpdate', 'OnDelete'] as const;
export type DaemonSetUpdateStrategy = (typeof daemonSetUpdateStrategies)[number];
