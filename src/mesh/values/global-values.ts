import type { TolerationDefinition } from '../gateway';
import type { HelmValues } from '../helm-values';
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

/** What all parts of Istio share. */
export interface GlobalValues {
  /**
   * The registry and folder of images. It follows from `istio.hub`.
   * @default - istio.hub
   */
  readonly hub?: string;
  /**
   * The tag of images. It follows from `istio.tag`.
   * @default - istio.tag
   */
  readonly tag?: string;
  /**
   * The kind of image: `distroless` has no shell, `debug` has tools.
   * @default - the image that the version has without a suffix
   */
  readonly variant?: ImageVariant;
  /**
   * When nodes pull images.
   * @default - Always for the tag latest, else IfNotPresent
   */
  readonly imagePullPolicy?: ImagePullPolicy;
  /**
   * Names of Secrets, in the namespace of each pod, with which images are pulled.
   * @default - none
   */
  readonly imagePullSecrets?: readonly string[];
  /**
   * The namespace of istiod.
   * @default - istio-system
   */
  readonly istioNamespace?: string;
  /**
   * The identifier of the mesh. It follows from `meshID`.
   * @default - meshID
   */
  readonly meshID?: string;
  /**
   * The network of the cluster. It follows from `clusters[].network`.
   * @default - clusters[].network
   */
  readonly network?: string;
  /**
   * Networks by name, with `endpoints` and `gateways`, where labels of namespaces and gateways do not say it.
   * @default - none
   */
  readonly meshNetworks?: HelmValues;
  /**
   * The cluster's place among others.
   * @default - clusters[].name
   */
  readonly multiCluster?: MultiClusterValues;
  /**
   * The proxy in sidecars and gateways.
   * @default - the chart's defaults
   */
  readonly proxy?: ProxyValues;
  /**
   * The init container that redirects a pod's traffic to its sidecar.
   * @default - the chart's defaults
   */
  readonly proxy_init?: ProxyInitValues;
  /**
   * The pods of waypoints, which istiod deploys for Gateway resources.
   * @default - the chart's defaults
   */
  readonly waypoint?: WaypointValues;
  /**
   * The agentgateway proxy, which istiod can deploy for Gateway resources.
   * @default - the image that the version names
   */
  readonly agentgateway?: AgentgatewayValues;
  /**
   * What istiod and proxies log.
   * @default - default:info
   */
  readonly logging?: LoggingValues;
  /**
   * Whether logs are JSON.
   * @default - false
   */
  readonly logAsJson?: boolean;
  /**
   * Backends for traces, for the tracer that `global.proxy.tracer` chooses.
   * @default - none
   */
  readonly tracer?: TracerValues;
  /**
   * Settings of istiod itself.
   * @default - no analysis
   */
  readonly istiod?: IstiodValues;
  /**
   * Who signs istiod's own certificate.
   * @default - istiod
   */
  readonly pilotCertProvider?: PilotCertProvider;
  /**
   * The address of the CA that signs the certificates of workloads.
   * @default - istiod
   */
  readonly caAddress?: string;
  /**
   * The name of a CA that puts certificates into pods itself, such as GkeWorkloadCertificate.
   * @default - none
   */
  readonly caName?: string;
  /**
   * Signers for which istiod may approve certificate requests, such as clusterissuers.cert-manager.io/istio-ca.
   * @default - none
   */
  readonly certSigners?: readonly string[];
  /**
   * The name of the ConfigMap with the root certificate, in each namespace.
   * @default - istio-ca-root-cert
   */
  readonly trustBundleName?: string;
  /**
   * Whether proxies take keys and certificates from a mounted Secret.
   * @default - false
   */
  readonly mountMtlsCerts?: boolean;
  /**
   * The tokens with which proxies ask for certificates.
   * @default - for the audience istio-ca
   */
  readonly sds?: SdsValues;
  /**
   * The server in each proxy that exchanges tokens.
   * @default - off
   */
  readonly sts?: StsValues;
  /**
   * Whether the API server has custom resources validated by istiod.
   * @default - true
   */
  readonly configValidation?: boolean;
  /**
   * Whether webhook configurations are left to an operator, rather than to istiod.
   * @default - false
   */
  readonly operatorManageWebhooks?: boolean;
  /**
   * Whether the ConfigMap of the sidecar injector is left out.
   * @default - false
   */
  readonly omitSidecarInjectorConfigMap?: boolean;
  /**
   * Which objects are written: `cluster` those without a namespace, `namespace` those in one, `all` both.
   * @default - all
   */
  readonly resourceScope?: ResourceScope;
  /**
   * NetworkPolicies for istiod and gateways.
   * @default - none
   */
  readonly networkPolicy?: NetworkPolicyValues;
  /**
   * Whether traffic is redirected by nftables rather than iptables.
   * @default - false
   */
  readonly nativeNftables?: boolean;
  /**
   * The Kubernetes platform whose needs the charts meet; the top-level `platform` goes before it.
   * @default - Kubernetes as such
   */
  readonly platform?: IstioPlatform;
  /**
   * Whether there is an account with which other clusters read this one; from Istio 1.30 on.
   * @default - true
   */
  readonly enableReaderRBAC?: boolean;
  /**
   * An account of one's own with which other clusters read this one; from Istio 1.31 on.
   * @default - istio-reader-service-account
   */
  readonly readerServiceAccount?: ReaderServiceAccountValues;
  /**
   * Whether Services use IPv4, IPv6 or both.
   * @default - the cluster's default
   */
  readonly ipFamilyPolicy?: IpFamilyPolicy;
  /**
   * The IP families of Services, the most important first.
   * @default - the cluster's default
   */
  readonly ipFamilies?: readonly IpFamily[];
  /**
   * The priority class of istiod and gateways.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
  /**
   * Labels of the nodes on which gateways may run.
   * @default - any node
   */
  readonly defaultNodeSelector?: Readonly<Record<string, string>>;
  /**
   * Taints of nodes that gateways tolerate.
   * @default - none
   */
  readonly defaultTolerations?: readonly TolerationDefinition[];
  /**
   * What istiod and gateways ask for, where they do not say it themselves.
   * @default - 10m of CPU
   */
  readonly defaultResources?: ResourceValues;
  /**
   * The PodDisruptionBudgets of istiod and gateways.
   * @default - enabled
   */
  readonly defaultPodDisruptionBudget?: PodDisruptionBudgetSwitch;
  /**
   * Weights from 0, never, to 3, preferred, of the processor architectures on which gateways run.
   * @default - no preference
   */
  readonly arch?: ArchValues;
  /**
   * The address of an istiod in another cluster.
   * @default - every cluster has an istiod of its own
   */
  readonly remotePilotAddress?: string;
  /**
   * Whether this istiod also serves clusters that have none.
   * @default - false
   */
  readonly externalIstiod?: boolean;
  /**
   * Whether an istiod outside of the cluster takes its configuration from here.
   * @default - false
   */
  readonly configCluster?: boolean;
}

/** Who can sign istiod's own certificate, besides a signer of Kubernetes, `k8s.io/…`. */
export type PilotCertProvider = 'istiod' | 'kubernetes' | 'custom' | 'none' | `k8s.io/${string}`;

/** Which objects are written. */
export const resourceScopes = ['all', 'cluster', 'namespace'] as const;
export type ResourceScope = (typeof resourceScopes)[number];

/** The cluster's place among others. */
export interface MultiClusterValues {
  /**
   * The name of the cluster. It follows from `clusters[].name`.
   * @default - clusters[].name
   */
  readonly clusterName?: string;
}

/** What istiod and proxies log. */
export interface LoggingValues {
  /**
   * Scopes with levels, such as default:info,ads:debug.
   * @default - default:info
   */
  readonly level?: string;
}

/** The agentgateway proxy. */
export interface AgentgatewayValues {
  /**
   * Its image.
   * @default - the image that the version names
   */
  readonly image?: string;
}

/** Settings of istiod itself. */
export interface IstiodValues {
  /**
   * Whether istiod analyses custom resources, and writes what it finds into their status.
   * @default - false
   */
  readonly enableAnalysis?: boolean;
}

/** NetworkPolicies for istiod and gateways. */
export interface NetworkPolicyValues {
  /**
   * Whether they are written.
   * @default - false
   */
  readonly enabled?: boolean;
}

/** An account of one's own with which other clusters read this one. */
export interface ReaderServiceAccountValues {
  /**
   * Its name.
   * @default - istio-reader-service-account
   */
  readonly name?: string;
  /**
   * Its namespace.
   * @default - the namespace of istiod
   */
  readonly namespace?: string;
}

/** Whether Deployments get a PodDisruptionBudget. */
export interface PodDisruptionBudgetSwitch {
  /**
   * Whether they get one.
   * @default - true
   */
  readonly enabled?: boolean;
}

/** Weights of processor architectures: 0 never, 1 least, 2 no preference, 3 most preferred. */
export interface ArchValues {
  /**
   * Processors of Intel and AMD with 64 bits.
   * @default - no preference
   */
  readonly amd64?: number;
  /**
   * Processors of ARM with 64 bits.
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
