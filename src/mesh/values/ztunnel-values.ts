import type { HelmValues } from '../helm-values';
import type { DnsPolicy } from '../kubernetes/dns';
import type { TolerationDefinition } from '../kubernetes/scheduling';
import type { DaemonSetUpdateStrategyValues, ResourceQuotaValues } from './cni-values';
import type { MultiClusterValues, ResourceScope } from './global-values';
import type { ImagePullPolicy, ImageVariant, ResourceValues } from './kubernetes-values';

/**
 * The values of ztunnel: a pod on each node through which the traffic of pods in ambient mode goes. Enable it with
 * `dataPlane`.
 *
 * @see https://istio.io/latest/docs/ambient/overview/
 */
export interface ZtunnelValues {
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
   * @default - global.variant, which is distroless in ambient mode
   */
  readonly variant?: ImageVariant;
  /**
   * The name of the image, or a whole reference with a registry and a tag.
   * @default - ztunnel
   */
  readonly image?: string;
  /**
   * The image pull policy.
   * @default - global.imagePullPolicy
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * The names of image pull Secrets in the namespace of ztunnel.
   * @default - global.imagePullSecrets
   */
  readonly imagePullSecrets?: readonly string[];
  /**
   * The name of all objects. istiod trusts ztunnel by the name of its service account.
   * @default - ztunnel
   */
  readonly resourceName?: string;
  /**
   * Labels of all objects that have a namespace.
   * @default - only those of the chart
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the DaemonSet, the service account and the role.
   * @default - only those of the chart
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Labels of the pods.
   * @default - only those of the chart
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods.
   * @default - those with which Prometheus finds the metrics
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * The log level: trace, debug, info, warn, error or off, also for single modules, such as info,access=debug.
   * @default - info
   */
  readonly logLevel?: string;
  /**
   * Whether logs have the format JSON.
   * @default - global.logAsJson
   */
  readonly logAsJson?: boolean;
  /**
   * Environment variables of ztunnel.
   * @default - only those of the chart
   */
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  /**
   * A part of the mesh configuration, of which ztunnel reads only `defaultConfig.proxyMetadata`: environment variables.
   * @default - ISTIO_META_ENABLE_HBONE in ambient mode
   */
  readonly meshConfig?: ZtunnelMeshConfigValues;
  /**
   * The resource requests and limits of the pods. Above two cores, the requested CPUs are also the least number of
   * threads.
   * @default - requests of 200m CPU and 512Mi memory
   */
  readonly resources?: ResourceValues;
  /**
   * The quota of pods with the priority class `system-node-critical`, which GKE requires outside of kube-system.
   * @default - disabled; enabled on GKE
   */
  readonly resourceQuotas?: ResourceQuotaValues;
  /**
   * Which objects are written: `cluster` for cluster-scoped, `namespace` for namespaced, `all` for both.
   * @default - global.resourceScope
   */
  readonly resourceScope?: ResourceScope;
  /**
   * The labels of the nodes on which ztunnel runs. Pods on other nodes cannot be in ambient mode.
   * @default - all Linux nodes
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * The affinity of the pods.
   * @default - all Linux nodes
   */
  readonly affinity?: HelmValues;
  /**
   * The tolerations of the pods.
   * @default - all taints
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * How the pods of the DaemonSet are replaced.
   * @default - the new pod of a node starts before the old one ends
   */
  readonly updateStrategy?: DaemonSetUpdateStrategyValues;
  /**
   * How many seconds a pod has to end. Connections that are open one second before that are closed.
   * @default - 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * Additional volumes of the pods, as in a Kubernetes pod.
   * @default - none
   */
  readonly volumes?: readonly HelmValues[];
  /**
   * Where the container has these volumes.
   * @default - none
   */
  readonly volumeMounts?: readonly HelmValues[];
  /**
   * How the pods resolve names, such as ClusterFirst. Requires Istio 1.30.
   * @default - ClusterFirst
   */
  readonly dnsPolicy?: DnsPolicy | '';
  /**
   * Name servers, search domains and options of the pods' resolver. Requires Istio 1.30.
   * @default - those of the DNS policy
   */
  readonly dnsConfig?: HelmValues;
  /**
   * The SELinux options of the container.
   * @default - none; the type spc_t on OpenShift
   */
  readonly seLinuxOptions?: HelmValues;
  /**
   * Whether ztunnel refuses certificates in the ConfigMap `istio-ca-crl`, which istiod writes if `cacerts` has a list
   * of revoked certificates.
   * @default - false
   */
  readonly peerCaCrl?: PeerCaCrlValues;
  /**
   * The name of the ConfigMap with the root certificate.
   * @default - global.trustBundleName, else istio-ca-root-cert
   */
  readonly trustBundleName?: string;
  /**
   * The address of the CA that signs the certificates of pods.
   * @default - global.caAddress, else istiod
   */
  readonly caAddress?: string;
  /**
   * The address and port of istiod.
   * @default - istiod of the revision, at port 15012
   */
  readonly xdsAddress?: string;
  /**
   * The revision of the istiod that ztunnel is connected to.
   * @default - istio.revision
   */
  readonly revision?: string;
  /**
   * The namespace of istiod. It is always istio-system.
   * @default - istio-system
   */
  readonly istioNamespace?: string;
  /**
   * The network of the cluster. Set `clusters[].network` of the mesh definition instead.
   * @default - clusters[].network
   */
  readonly network?: string;
  /**
   * The name of the cluster in the mesh.
   * @default - clusters[].name
   */
  readonly multiCluster?: MultiClusterValues;
}

/** The part of the mesh configuration that ztunnel reads. */
export interface ZtunnelMeshConfigValues {
  /**
   * The default configuration of proxies.
   * @default - no further variables
   */
  readonly defaultConfig?: ZtunnelProxyConfigValues;
}

/** The part of the configuration of proxies that ztunnel reads. */
export interface ZtunnelProxyConfigValues {
  /**
   * Environment variables of ztunnel.
   * @default - ISTIO_META_ENABLE_HBONE in ambient mode
   */
  readonly proxyMetadata?: Readonly<Record<string, string | number | boolean>>;
}

/** Whether ztunnel knows revoked certificates. */
export interface PeerCaCrlValues {
  /**
   * Whether ztunnel refuses revoked certificates.
   * @default - false
   */
  readonly enabled?: boolean;
}
