import type { DataPlane } from './data-plane';
import type { ExposureDefinition, exposeAll } from './exposure';
import type { EastWestGatewayDefinition } from './gateway';
import type { GatewayDefinition } from './gateways/definition';
import type { GitOpsDefinition, GitOpsTool, RepositoryDefinition } from './gitops';
import type { PodDataPlane, ServiceScope } from './hello-world';
import type { ClusterIstioDefinition, ControlPlaneFormat, IstioDefinition } from './istio';
import type { PatchDefinition } from './patches/definition';
import type { ReaderDefinition } from './reader';
import type { MeshSecretsDefinition, SecretsDefinition } from './secrets/definition';
import type { SecurityLevel } from './security';
import type { MeshServiceDefinition } from './services';
import type { WaypointDefinition } from './waypoints';

/**
 * The definition of a mesh: the content of mesh.yaml. The type parameter is the format of the control plane,
 * such as `MeshDefinition<'helm'>`.
 */
export interface MeshDefinition<Format extends ControlPlaneFormat = 'native'> {
  /**
   * The ID of the mesh: `global.meshID` of Istio in every cluster.
   */
  readonly meshID: string;
  /**
   * The SPIFFE trust domain of all workloads: `meshConfig.trustDomain` of Istio. A cluster can override it.
   * @default - cluster.local
   */
  readonly trustDomain?: string;
  /**
   * How much the mesh and its pods are restricted. `hardened` makes mutual TLS mandatory, adds Istio's
   * NetworkPolicies, seccomp profiles and Pod Security labels, and restricts HelloWorld. `istio` writes the objects
   * that Istio itself installs. `istio-mesh init` writes `hardened`.
   * @default - istio
   */
  readonly security?: SecurityLevel;
  /**
   * How the traffic of pods enters the mesh. With `sidecar`, a proxy in each pod. With `ambient`, ztunnel on each node,
   * and waypoints where you want them: no pod has a proxy. `both` has everything that either needs; between
   * networks, pods of one kind do not reach those of the other. A cluster can override it.
   * @default - sidecar
   */
  readonly dataPlane?: DataPlane;
  /**
   * The Services of each cluster that other networks can reach, or `all`. A cluster can override it as a whole.
   * HelloWorld is always exposed where `verification` deploys it.
   * @default - all
   */
  readonly exposure?: ExposureDefinition | typeof exposeAll;
  /**
   * The control plane of every cluster. A cluster can override most settings.
   * @default - the newest Istio that this package supports
   */
  readonly istio?: IstioDefinition<Format>;
  /**
   * Settings of the east-west gateways of all clusters. A cluster's own are merged over these.
   * @default - gateways with Istio's defaults
   */
  readonly eastWestGateway?: EastWestGatewayDefinition;
  /**
   * Ingress and egress gateways of every cluster, by name. The values of Istio's Helm chart `gateway` can be pasted. A
   * cluster's gateways are merged over these.
   * @default - none besides the ingress gateway of the profile
   */
  readonly gateways?: Readonly<Record<string, GatewayDefinition>>;
  /**
   * The folder with the CA certificates of the mesh, and how missing certificates are issued.
   * @default - certs/, RSA-4096, valid for ten years
   */
  readonly certificates?: CertificatesDefinition;
  /**
   * The folder with a kubeconfig for each joined cluster, `<cluster>.yaml`. A relative path starts at the
   * folder of mesh.yaml.
   * @default - remotes
   */
  readonly remotes?: string;
  /**
   * The account with which clusters read each other, and its tokens. A cluster can override each key.
   * @default - tokens that do not expire
   */
  readonly reader?: ReaderDefinition;
  /**
   * How Secrets with keys and tokens are written. A cluster can override it.
   * @default - plain
   */
  readonly secrets?: MeshSecretsDefinition;
  /**
   * The GitOps tool that applies the output from a repository. Its manifests are part of the output.
   * @default - none; you apply the output yourself
   */
  readonly gitops?: GitOpsDefinition | GitOpsTool;
  /**
   * The repository from which the GitOps tool reads the output. It is required with `gitops`.
   * @default - none
   */
  readonly repository?: RepositoryDefinition;
  /**
   * The clusters of the mesh.
   */
  readonly clusters: readonly ClusterDefinition<Format>[];
  /**
   * Changes of objects of all clusters, in the form of kustomize's `patches`. A patch must match an object in at
   * least one cluster.
   * @default - none
   */
  readonly patches?: readonly PatchDefinition[];
  /**
   * Services that clusters share: global Services, stubs where they have no pods, and failover from one cluster to
   * another.
   * @default - none
   */
  readonly services?: readonly MeshServiceDefinition[];
  /**
   * Waypoints, which every cluster in ambient mode has under the same name.
   * @default - none
   */
  readonly waypoints?: readonly WaypointDefinition[];
  /**
   * Sample workloads that verify the mesh.
   * @default - nothing
   */
  readonly verification?: VerificationDefinition;
}

/** The definition of a mesh with any format of the control plane. */
export type AnyMeshDefinition = MeshDefinition<ControlPlaneFormat>;

/** The folder with the CA certificates, and how missing certificates are issued. */
export interface CertificatesDefinition {
  /**
   * The folder with root-cert.pem and a subfolder for each cluster, in the layout of Istio's tools/certs. A
   * relative path starts at the folder of mesh.yaml.
   * @default - certs
   */
  readonly directory?: string;
  /**
   * The key algorithm of new certificates.
   * @default - RSA-4096
   */
  readonly keyAlgorithm?: KeyAlgorithm;
  /**
   * The validity of a new root certificate, in days.
   * @default - 3650
   */
  readonly rootValidityDays?: number;
  /**
   * The validity of a new intermediate certificate, in days. Certificates that exist are not issued again.
   * @default - 365
   */
  readonly intermediateValidityDays?: number;
  /**
   * How many days before a CA certificate expires `synth`, `ca` and `check` warn of it.
   * @default - 30
   */
  readonly warnBeforeExpiryDays?: number;
  /**
   * Whether istiod and the proxies can take a second root certificate while they run, which `istio-mesh rotate root`
   * needs. Sets `ISTIO_MULTIROOT_MESH` of istiod, and `PROXY_CONFIG_XDS_AGENT` of proxies, which get it when their pods
   * are restarted.
   * @default - disabled
   */
  readonly rootRotation?: 'enabled' | 'disabled';
}

/** The key algorithms that istiod accepts for a CA. */
export const keyAlgorithms = ['RSA-2048', 'RSA-3072', 'RSA-4096', 'EC-P256', 'EC-P384'] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** One cluster of the mesh. */
export interface ClusterDefinition<Format extends ControlPlaneFormat = 'native'> {
  /**
   * The name of the cluster in the mesh: `global.multiCluster.clusterName` of Istio.
   */
  readonly name: string;
  /**
   * The network of the cluster's pods: `global.network` of Istio. Pods in the same network reach each other
   * directly, pods in different networks through east-west gateways.
   */
  readonly network: string;
  /**
   * The SPIFFE trust domain of the workloads of this cluster. The trust domains of all clusters trust each other: the
   * others are aliases, `meshConfig.trustDomainAliases` of Istio, in every cluster.
   * @default - that of the mesh
   */
  readonly trustDomain?: string;
  /**
   * The kubeconfig with which `istio-mesh join` and `verify` access the cluster. A relative path starts at the
   * folder of mesh.yaml.
   * @default - the file in KUBECONFIG, else ~/.kube/config
   */
  readonly kubeconfig?: string;
  /**
   * The context of the kubeconfig.
   * @default - the current context
   */
  readonly context?: string;
  /**
   * The address at which other clusters reach the API server of this cluster, such as
   * https://203.0.113.10:6443.
   * @default - the address in the kubeconfig
   */
  readonly server?: string;
  /**
   * The name in the certificate of the API server, if it differs from the host of the address.
   * @default - the host of the address
   */
  readonly tlsServerName?: string;
  /**
   * The proxy through which istiod of the other clusters connects to the API server: an http, https or socks5
   * address without a password, such as http://203.0.113.20:3128. A proxy of your own machine belongs into your
   * kubeconfig instead.
   * @default - no proxy
   */
  readonly proxyUrl?: string;
  /**
   * The names of the clusters whose Services and endpoints this cluster reads.
   * @default - all other clusters
   */
  readonly peers?: readonly string[];
  /**
   * Overrides `dataPlane` of the mesh in this cluster: `both` in some clusters and `sidecar` in the others.
   * @default - that of the mesh
   */
  readonly dataPlane?: DataPlane;
  /**
   * Overrides `istio` of the mesh in this cluster.
   * @default - none
   */
  readonly istio?: ClusterIstioDefinition<Format>;
  /**
   * Overrides `secrets` of the mesh in this cluster.
   * @default - none
   */
  readonly secrets?: SecretsDefinition;
  /**
   * Overrides keys of `reader` of the mesh for the token with which the other clusters read this one.
   * @default - none
   */
  readonly reader?: ReaderDefinition;
  /**
   * The gateway through which traffic from other networks enters, merged over that of the mesh, or `disabled` if
   * another cluster in the same network has it.
   * @default - that of the mesh
   */
  readonly eastWestGateway?: EastWestGatewayDefinition | 'disabled';
  /**
   * Ingress and egress gateways of this cluster, merged over those of the mesh. The word `disabled` in place of a
   * gateway removes it.
   * @default - those of the mesh
   */
  readonly gateways?: Readonly<Record<string, GatewayDefinition | 'disabled'>>;
  /**
   * Replaces `exposure` of the mesh in this cluster.
   * @default - that of the mesh
   */
  readonly exposure?: ExposureDefinition | typeof exposeAll;
  /**
   * Changes of objects of this cluster, applied after those of the mesh. Each must match an object.
   * @default - none
   */
  readonly patches?: readonly PatchDefinition[];
}

/** Sample workloads that verify the mesh. */
export interface VerificationDefinition {
  /**
   * Whether to deploy Istio's HelloWorld sample and a client to each cluster, with a different version in each.
   * @default - disabled
   */
  readonly helloWorld?: 'enabled' | 'disabled';
  /**
   * The image of the client. It must contain curl.
   * @default - docker.io/curlimages/curl:8.16.0
   */
  readonly curlImage?: string;
  /**
   * How the traffic of HelloWorld enters the mesh where clusters have `dataPlane: both`.
   * @default - sidecar
   */
  readonly dataPlane?: PodDataPlane;
  /**
   * Whether clusters with ambient mode call the HelloWorld of other clusters. Write `local` while HelloWorld moves from one
   * data plane to the other: `verify` then expects answers from each cluster's own HelloWorld only.
   * @default - global
   */
  readonly scope?: ServiceScope;
}
