import type { EastWestGatewayDefinition } from './gateway';
import type { GitOpsDefinition, GitOpsTool, RepositoryDefinition } from './gitops';
import type { ClusterIstioDefinition, IstioDefinition } from './istio';
import type { MeshSecretsDefinition, SecretsDefinition } from './secrets/definition';

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
   * @default - the newest Istio that this package knows
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
   * How the Secrets with keys and tokens are written.
   * @default - plain
   */
  readonly secrets?: MeshSecretsDefinition;
  /**
   * The GitOps tool that applies the output from a repository, for which a tree of its own is written.
   * @default - none: the output is applied by hand
   */
  readonly gitops?: GitOpsDefinition | GitOpsTool;
  /**
   * Where the GitOps tool finds the output.
   * @default - none; gitops needs it
   */
  readonly repository?: RepositoryDefinition;
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
   * What differs in this cluster from the mesh's istio settings.
   * @default - nothing
   */
  readonly istio?: ClusterIstioDefinition;
  /**
   * What differs in this cluster from the mesh's secrets settings.
   * @default - nothing
   */
  readonly secrets?: SecretsDefinition;
  /**
   * The gateway through which other networks enter, or `disabled` where another cluster of the same
   * network has it.
   * @default - a gateway with Istio's own defaults
   */
  readonly eastWestGateway?: EastWestGatewayDefinition | 'disabled';
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
