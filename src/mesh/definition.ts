import type { IstioValues } from './istio-values';
import type { LoadBalancerCloud, LoadBalancerScheme } from './load-balancer-preset';

/** The definition of a mesh, as a user writes it: the content of mesh.yaml. */
export interface MeshDefinition {
  /**
   * The ID of the mesh, the same in every cluster; Istio's `global.meshID`.
   */
  readonly meshID: string;
  /**
   * The SPIFFE trust domain of every workload; Istio's `meshConfig.trustDomain`.
   * @default - cluster.local
   */
  readonly trustDomain?: string;
  /**
   * The control plane that every cluster runs.
   * @default - the newest Istio that this package knows, as IstioOperator files
   */
  readonly istio?: IstioDefinition;
  /**
   * Where the CA certificates of the mesh are, and how missing ones are issued.
   * @default - certs/, RSA-4096, valid for ten years
   */
  readonly certificates?: CertificatesDefinition;
  /**
   * The folder with a kubeconfig for each joined cluster, named `<cluster>.yaml`. A relative path
   * starts at the folder of mesh.yaml.
   * @default - remotes
   */
  readonly remotes?: string;
  /**
   * The clusters of the mesh, one entry for each.
   */
  readonly clusters: readonly ClusterDefinition[];
  /**
   * What is deployed to prove that the mesh works.
   * @default - nothing
   */
  readonly verification?: VerificationDefinition;
}

/** How istiod is configured and in which form its manifests are written. */
export interface IstioDefinition {
  /**
   * The version of Istio, in three numbers, such as 1.31.0.
   * @default - 1.31.0
   */
  readonly version?: string;
  /**
   * The registry and folder of Istio's images.
   * @default - registry.istio.io/release from 1.31 on, docker.io/istio before
   */
  readonly hub?: string;
  /**
   * The tag of Istio's images.
   * @default - the version
   */
  readonly tag?: string;
  /**
   * The revision of the control plane; namespaces join it by the label `istio.io/rev`.
   * @default - default
   */
  readonly revision?: string;
  /**
   * The installation profile: `default` has an ingress gateway, `minimal` has none.
   * @default - default
   */
  readonly profile?: IstioProfile;
  /**
   * The form of the control plane. `operator` writes IstioOperator files for `istioctl install -f`;
   * `istioctl` renders the manifests at synthesis with the istioctl on this machine.
   * @default - operator
   */
  readonly controlPlane?: ControlPlaneForm;
  /**
   * The istioctl program that the form `istioctl` runs: a name on the PATH, or a path. A relative path
   * starts at the folder of mesh.yaml.
   * @default - istioctl
   */
  readonly istioctl?: string;
  /**
   * Istio's own Helm values, for every cluster.
   * @default - none
   */
  readonly values?: IstioValues;
}

/** The profiles of istioctl that make a primary cluster with sidecars. */
export const istioProfiles = ['default', 'minimal', 'demo', 'preview', 'stable'] as const;
export type IstioProfile = (typeof istioProfiles)[number];

/** The forms in which a control plane can be written. */
export const controlPlaneForms = ['operator', 'istioctl'] as const;
export type ControlPlaneForm = (typeof controlPlaneForms)[number];

/** Where CA certificates are kept, and how missing ones are issued. */
export interface CertificatesDefinition {
  /**
   * The folder with root-cert.pem and a folder for each cluster, laid out as Istio's tools/certs does.
   * A relative path starts at the folder of mesh.yaml.
   * @default - certs
   */
  readonly directory?: string;
  /**
   * The kind of key that new certificates get.
   * @default - RSA-4096
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * For how many days a new root certificate is valid.
   * @default - 3650
   */
  readonly rootValidityDays?: number;
  /**
   * For how many days a cluster's new intermediate certificate is valid.
   * @default - 3650
   */
  readonly intermediateValidityDays?: number;
}

/** The kinds of keys that istiod accepts for a CA. */
export const keyAlgorithms = ['RSA-2048', 'RSA-3072', 'RSA-4096', 'EC-P256', 'EC-P384'] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** One cluster of the mesh. */
export interface ClusterDefinition {
  /**
   * The name by which the whole mesh knows the cluster; Istio's `global.multiCluster.clusterName`.
   */
  readonly name: string;
  /**
   * The network that the cluster's pods are in; Istio's `global.network`. Pods of one network reach
   * each other directly, pods of different networks through east-west gateways.
   */
  readonly network: string;
  /**
   * The kubeconfig with which `istio-mesh join` and `verify` reach the cluster. A relative path starts
   * at the folder of mesh.yaml.
   * @default - the file that KUBECONFIG names, else ~/.kube/config
   */
  readonly kubeconfig?: string;
  /**
   * The context to use in the kubeconfig.
   * @default - its current context
   */
  readonly context?: string;
  /**
   * The address of the cluster's API server as the other clusters reach it, such as
   * https://203.0.113.10:6443.
   * @default - the address in the kubeconfig
   */
  readonly server?: string;
  /**
   * The name that the API server's certificate must have, where it does not have that of the address.
   * @default - the host of the address
   */
  readonly tlsServerName?: string;
  /**
   * The clusters whose Services and endpoints this cluster reads.
   * @default - all others
   */
  readonly peers?: readonly string[];
  /**
   * What differs from the mesh's istio settings.
   * @default - nothing
   */
  readonly istio?: ClusterIstioDefinition;
  /**
   * The gateway through which other networks enter, or `disabled` where another cluster of the same
   * network has it.
   * @default - a gateway with Istio's own defaults
   */
  readonly eastWestGateway?: EastWestGatewayDefinition | 'disabled';
}

/** What a cluster may change of the mesh's istio settings. */
export interface ClusterIstioDefinition {
  /**
   * Istio's own Helm values for this cluster, merged over those of the mesh.
   * @default - none
   */
  readonly values?: IstioValues;
}

/** The east-west gateway of a cluster. */
export interface EastWestGatewayDefinition {
  /**
   * How many pods the gateway has, where autoscaling is disabled.
   * @default - 1
   */
  readonly replicas?: number;
  /**
   * The bounds of autoscaling, or `disabled` for a fixed number of replicas.
   * @default - 1 to 5 pods, at 80 % of the requested CPU
   */
  readonly autoscaling?: AutoscalingDefinition | 'disabled';
  /**
   * What each pod asks for and may use, each quantity over its default.
   * @default - requests 100m CPU and 128Mi memory, limits 2000m and 1024Mi
   */
  readonly resources?: ResourcesDefinition;
  /**
   * Labels of the nodes that the pods may run on.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Taints of nodes that the pods tolerate, as in a Kubernetes pod.
   * @default - none
   */
  readonly tolerations?: readonly TolerationDefinition[];
  /**
   * Where pods run relative to nodes and other pods, as in a Kubernetes pod.
   * @default - no preference
   */
  readonly affinity?: Readonly<Record<string, unknown>>;
  /**
   * The priority class of the pods.
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;
  /**
   * Annotations of the pods.
   * @default - none besides those that Istio sets
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * A cloud's load balancer, whose annotations are then known.
   * @default - the cluster's own choice
   */
  readonly loadBalancer?: LoadBalancerDefinition;
  /**
   * The Service in front of the pods.
   * @default - of type LoadBalancer
   */
  readonly service?: ServiceDefinition;
}

/** The bounds of a HorizontalPodAutoscaler. */
export interface AutoscalingDefinition {
  /**
   * The least number of pods.
   * @default - 1
   */
  readonly minReplicas?: number;
  /**
   * The greatest number of pods.
   * @default - 5
   */
  readonly maxReplicas?: number;
  /**
   * The share of the requested CPU, in percent, above which pods are added.
   * @default - 80
   */
  readonly targetCPUUtilizationPercentage?: number;
}

/** Quantities as Kubernetes writes them, such as 100m or 128Mi. */
export interface ResourcesDefinition {
  /**
   * What is reserved.
   * @default - 100m CPU, 128Mi memory
   */
  readonly requests?: Readonly<Record<string, string>>;
  /**
   * What may be used at most.
   * @default - 2000m CPU, 1024Mi memory
   */
  readonly limits?: Readonly<Record<string, string>>;
}

/** A toleration of a Kubernetes pod. */
export interface TolerationDefinition {
  /**
   * The taint's key.
   * @default - every key
   */
  readonly key?: string;
  /**
   * How key and value are compared.
   * @default - Equal
   */
  readonly operator?: 'Exists' | 'Equal';
  /**
   * The taint's value.
   * @default - none
   */
  readonly value?: string;
  /**
   * The taint's effect.
   * @default - every effect
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  /**
   * For how many seconds a NoExecute taint is tolerated.
   * @default - for ever
   */
  readonly tolerationSeconds?: number;
}

/** A cloud's load balancer for an east-west gateway. */
export interface LoadBalancerDefinition {
  /**
   * The cloud, or the load balancer of a cloud.
   */
  readonly cloud: LoadBalancerCloud;
  /**
   * Whether its address is on the internet or inside the cloud's private network.
   * @default - public
   */
  readonly scheme?: LoadBalancerScheme;
}

/** The Service of an east-west gateway. */
export interface ServiceDefinition {
  /**
   * How the Service is reached from outside.
   * @default - LoadBalancer
   */
  readonly type?: ServiceType;
  /**
   * Annotations, merged over those of the load-balancer preset.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The controller that makes the load balancer.
   * @default - the cluster's default
   */
  readonly loadBalancerClass?: string;
  /**
   * The load balancer's address, where the cloud lets one choose.
   * @default - the cloud's choice
   */
  readonly loadBalancerIP?: string;
  /**
   * The CIDR ranges that may connect.
   * @default - everyone
   */
  readonly loadBalancerSourceRanges?: readonly string[];
  /**
   * Whether traffic may be sent on to pods of other nodes.
   * @default - Cluster
   */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
}

/** The types of Service that a gateway can have. */
export const serviceTypes = ['LoadBalancer', 'NodePort', 'ClusterIP'] as const;
export type ServiceType = (typeof serviceTypes)[number];

/** What is deployed to prove that the mesh works. */
export interface VerificationDefinition {
  /**
   * Whether each cluster gets Istio's HelloWorld, in a version of its own, and a client to call it.
   * @default - disabled
   */
  readonly helloWorld?: 'enabled' | 'disabled';
  /**
   * The image of the client, which must hold curl.
   * @default - docker.io/curlimages/curl:8.16.0
   */
  readonly curlImage?: string;
}
