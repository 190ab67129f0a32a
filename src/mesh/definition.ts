import type { EastWestGatewayDefinition } from './gateway-definition';
import type { IstioValues } from './istio-values';

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
