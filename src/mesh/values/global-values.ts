import type { HelmValues } from '../helm-values';
import type { TolerationDefinition } from '../kubernetes/scheduling';
import type { SdsValues, StsValues } from './chart-values';
import type {
  ImagePullPolicy,
  ImageVariant,
  IpFamily,
  IpFamilyPolicy,
  IstioPlatform,
  ResourceValues,
} from './kubernetes-values';
import type { ProxyInitValues, ProxyValues, WaypointValues } from './proxy-values';
import type { TracerValues } from './telemetry-values';

/** Settings that all components of Istio share. */
export interface GlobalValues {
  /**
   * The registry of images. Set `istio.hub` of the mesh definition instead.
   * @default - istio.hub
   */
  readonly hub?: string;
  /**
   * The tag of images. Set `istio.tag` of the mesh definition instead.
   * @default - istio.tag
   */
  readonly tag?: string;
  /**
   * The image variant: `distroless` has no shell, `debug` has tools.
   * @default - the image without a suffix
   */
  readonly variant?: ImageVariant;
  /**
   * The image pull policy.
   * @default - Always for the tag latest, else IfNotPresent
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * The names of image pull Secrets in the namespace of each pod.
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[];
  /**
   * The namespace of istiod. It is always istio-system.
   * @default - istio-system
   */
  readonly istioNamespace?: string;
  /**
   * The ID of the mesh. Set `meshID` of the mesh definition instead.
   * @default - meshID
   */
  readonly meshID?: string;
  /**
   * The network of the cluster. Set `clusters[].network` of the mesh definition instead.
   * @default - clusters[].network
   */
  readonly network?: string;
  /**
   * Networks by name, with `endpoints` and `gateways`, if the labels of namespaces and gateways do not define them.
   * @default - none
   */
  readonly meshNetworks?: HelmValues;
  /**
   * The name of the cluster in the mesh.
   * @default - clusters[].name
   */
  readonly multiCluster?: MultiClusterValues;
  /**
   * The proxy in sidecars and gateways.
   * @default - the defaults of the chart
   */
  readonly proxy?: ProxyValues;
  /**
   * The init container that redirects traffic of a pod to its sidecar.
   * @default - the defaults of the chart
   */
  readonly proxy_init?: ProxyInitValues;
  /**
   * The pods of waypoints, which istiod deploys for Gateway resources.
   * @default - the defaults of the chart
   */
  readonly waypoint?: WaypointValues;
  /**
   * The agentgateway proxy, which istiod can deploy for Gateway resources.
   * @default - the image of the version
   */
  readonly agentgateway?: AgentgatewayValues;
  /**
   * The log settings of istiod and proxies.
   * @default - default:info
   */
  readonly logging?: LoggingValues;
  /**
   * Whether logs have the format JSON.
   * @default - false
   */
  readonly logAsJson?: boolean;
  /**
   * The backend of the tracer that `global.proxy.tracer` selects.
   * @default - none
   */
  readonly tracer?: TracerValues;
  /**
   * Settings of istiod.
   * @default - no analysis
   */
  readonly istiod?: IstiodValues;
  /**
   * The provider of the certificate of istiod.
   * @default - istiod
   */
  readonly pilotCertProvider?: PilotCertProvider;
  /**
   * The address of the CA that signs workload certificates.
   * @default - istiod
   */
  readonly caAddress?: string;
  /**
   * The name of a CA that adds certificates to pods itself, such as GkeWorkloadCertificate.
   * @default - none
   */
  readonly caName?: string;
  /**
   * The signers for which istiod can approve certificate requests, such as clusterissuers.cert-manager.io/istio-ca.
   * @default - none
   */
  readonly certSigners?: readonly string[];
  /**
   * The name of the ConfigMap with the root certificate in each namespace.
   * @default - istio-ca-root-cert
   */
  readonly trustBundleName?: string;
  /**
   * Whether proxies read keys and certificates from a mounted Secret.
   * @default - false
   */
  readonly mountMtlsCerts?: boolean;
  /**
   * The tokens with which proxies request certificates.
   * @default - tokens for the audience istio-ca
   */
  readonly sds?: SdsValues;
  /**
   * The token exchange server (STS) in each proxy.
   * @default - disabled
   */
  readonly sts?: StsValues;
  /**
   * Whether istiod validates custom resources.
   * @default - true
   */
  readonly configValidation?: boolean;
  /**
   * Whether an operator manages the webhook configurations instead of istiod.
   * @default - false
   */
  readonly operatorManageWebhooks?: boolean;
  /**
   * Whether to omit the ConfigMap of the sidecar injector.
   * @default - false
   */
  readonly omitSidecarInjectorConfigMap?: boolean;
  /**
   * Which objects are written: `cluster` for cluster-scoped, `namespace` for namespaced, `all` for both.
   * @default - all
   */
  readonly resourceScope?: ResourceScope;
  /**
   * NetworkPolicies for istiod and gateways.
   * @default - none
   */
  readonly networkPolicy?: NetworkPolicyValues;
  /**
   * Whether nftables redirects traffic instead of iptables.
   * @default - false
   */
  readonly nativeNftables?: boolean;
  /**
   * The Kubernetes platform for which the charts add settings. The top-level `platform` takes precedence.
   * @default - none
   */
  readonly platform?: IstioPlatform | '';
  /**
   * Whether to create the service account with which other clusters read this one. Requires Istio 1.30.
   * @default - true
   */
  readonly enableReaderRBAC?: boolean;
  /**
   * The service account with which other clusters read this one. Requires Istio 1.31.
   * @default - istio-reader-service-account
   */
  readonly readerServiceAccount?: ReaderServiceAccountValues;
  /**
   * Whether Services use IPv4, IPv6 or both.
   * @default - the default of the cluster
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /**
   * The IP families of Services, the primary one first.
   * @default - the default of the cluster
   */
  readonly ipFamilies?: readonly IpFamily[];
  /**
   * The priority class of istiod and gateways.
   * @default - the default of the cluster
   */
  readonly priorityClassName?: string;
  /**
   * The labels of the nodes on which gateways can run.
   * @default - any node
   */
  readonly defaultNodeSelector?: Readonly<Record<string, string>>;
  /**
   * The tolerations of gateways.
   * @default - none
   */
  readonly defaultTolerations?: readonly TolerationDefinition[];
  /**
   * The default resource requests and limits of istiod and gateways.
   * @default - 10m of CPU
   */
  readonly defaultResources?: ResourceValues;
  /**
   * The PodDisruptionBudgets of istiod and gateways.
   * @default - enabled
   */
  readonly defaultPodDisruptionBudget?: PodDisruptionBudgetSwitch;
  /**
   * The weights of processor architectures for gateways, from 0 (never) to 3 (preferred).
   * @default - no preference
   */
  readonly arch?: ArchValues;
  /**
   * The address of an istiod in another cluster.
   * @default - every cluster has its own istiod
   */
  readonly remotePilotAddress?: string;
  /**
   * Whether this istiod also serves clusters without an istiod.
   * @default - false
   */
  readonly externalIstiod?: boolean;
  /**
   * Whether an external istiod reads its configuration from this cluster.
   * @default - false
   */
  readonly configCluster?: boolean;
}

/** A provider of the certificate of istiod, or a Kubernetes signer, `k8s.io/…`. */
export type PilotCertProvider = 'istiod' | 'kubernetes' | 'custom' | 'none' | `k8s.io/${string}`;

/** Which objects are written. */
export const resourceScopes = ['all', 'cluster', 'namespace'] as const;
export type ResourceScope = (typeof resourceScopes)[number];

/** The name of the cluster in the mesh. */
export interface MultiClusterValues {
  /**
   * The name of the cluster. Set `clusters[].name` of the mesh definition instead.
   * @default - clusters[].name
   */
  readonly clusterName?: string;
}

/** The log settings of istiod and proxies. */
export interface LoggingValues {
  /**
   * The log level of each scope, such as default:info,ads:debug.
   * @default - default:info
   */
  readonly level?: string;
}

/** The agentgateway proxy. */
export interface AgentgatewayValues {
  /**
   * The image of the proxy.
   * @default - the image of the version
   */
  readonly image?: string;
}

/** Settings of istiod. */
export interface IstiodValues {
  /**
   * Whether istiod analyzes custom resources and writes the results to their status.
   * @default - false
   */
  readonly enableAnalysis?: boolean;
}

/** NetworkPolicies for istiod and gateways. */
export interface NetworkPolicyValues {
  /**
   * Whether the NetworkPolicies are written.
   * @default - false
   */
  readonly enabled?: boolean;
}

/** The service account with which other clusters read this one. */
export interface ReaderServiceAccountValues {
  /**
   * The name of the service account.
   * @default - istio-reader-service-account
   */
  readonly name?: string;
  /**
   * The namespace of the service account.
   * @default - the namespace of istiod
   */
  readonly namespace?: string;
}

/** Whether Deployments get a PodDisruptionBudget. */
export interface PodDisruptionBudgetSwitch {
  /**
   * Whether the Deployments get a PodDisruptionBudget.
   * @default - true
   */
  readonly enabled?: boolean;
}

/** Weights of processor architectures: 0 never, 1 least preferred, 2 no preference, 3 most preferred. */
export interface ArchValues {
  /**
   * Intel and AMD processors, 64-bit.
   * @default - no preference
   */
  readonly amd64?: number;
  /**
   * ARM processors, 64-bit.
   * @default - no preference
   */
  readonly arm64?: number;
  /**
   * IBM Power.
   * @default - no preference
   */
  readonly ppc64le?: number;
  /**
   * IBM Z.
   * @default - no preference
   */
  readonly s390x?: number;
}
