import type { Problem } from '../problems/problem';
import { nearest } from '../problems/suggestion';
import type { CertificatesDefinition } from './definition';
import type {
  AutoscalingDefinition,
  EastWestGatewayDefinition,
  ResourcesDefinition,
  ServiceDefinition,
} from './gateway';
import type { GitOpsTool, RepositoryDefinition } from './gitops';
import type { HelmValues } from './helm-values';
import type { ControlPlaneFormat, CrdsChoice, IstioProfile } from './istio';
import type { CertManagerDefinition, CertManagerIssuerDefinition } from './secrets/cert-manager';
import type { MeshSecretsDefinition, RemoteSecretsBackend, SecretsBackend } from './secrets/definition';
import type { ExternalSecretsDefinition, ExternalSecretsStoreDefinition } from './secrets/external-secrets';
import type { SealedSecretsControllerDefinition, SealedSecretsDefinition } from './secrets/sealed-secrets';
import type { SopsDefinition } from './secrets/sops';

/**
 * A mesh that has been checked: plain data, frozen, with every default filled in. Whoever holds one
 * need not check again; {@link defineMesh} and {@link loadMesh} make it.
 */
export interface Mesh {
  readonly meshID: string;
  readonly trustDomain: string;
  readonly istio: Istio;
  readonly certificates: Required<CertificatesDefinition>;
  /** The folder with the kubeconfigs of joined clusters. */
  readonly remotes: string;
  readonly secrets: Required<Pick<MeshSecretsDefinition, 'directory'>>;
  /** Undefined where the output is applied by hand. */
  readonly gitops?: GitOps;
  readonly clusters: readonly Cluster[];
  readonly verification: Verification;
}

/** The GitOps tool that applies the output, and where it finds it: at a branch, or at a tag. */
export interface GitOps {
  readonly tool: GitOpsTool;
  readonly namespace: string;
  readonly repository: RepositoryDefinition & Required<Pick<RepositoryDefinition, 'path'>>;
}

/** How the control planes of every cluster are written. */
export interface Istio {
  readonly controlPlane: ControlPlaneFormat;
  readonly istioctl: string;
  readonly crds: CrdsChoice;
}

/** One control plane of a cluster. */
export interface ControlPlaneSettings {
  readonly version: string;
  readonly hub: string;
  readonly tag: string;
  /** `default` where the user named none. */
  readonly revision: string;
  readonly profile: IstioProfile;
  /** The user's values: of the mesh, over them those of the cluster, and last those of a second control plane. */
  readonly values: HelmValues;
}

/** The control planes of a cluster: the one that gateways and unlabelled workloads use, and a second one. */
export interface ClusterIstio extends ControlPlaneSettings {
  readonly canary?: ControlPlaneSettings;
}

/** One cluster of a mesh. */
export interface Cluster {
  readonly name: string;
  readonly network: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly server?: string;
  readonly tlsServerName?: string;
  /** The clusters that this one reads, in the order of the mesh. */
  readonly peers: readonly string[];
  readonly istio: ClusterIstio;
  readonly secrets: ClusterSecrets;
  /** Undefined where the user disabled it. */
  readonly eastWestGateway?: EastWestGatewaySettings;
}

/** How the Secrets of a cluster are written. */
export interface ClusterSecrets {
  readonly cacerts: SecretsBackend;
  readonly remoteSecrets: RemoteSecretsBackend;
  readonly sealedSecrets: Required<Omit<SealedSecretsDefinition, 'controller'>> & {
    readonly controller: Required<SealedSecretsControllerDefinition>;
  };
  /** Without recipients where the backend is another. */
  readonly sops: SopsDefinition;
  readonly externalSecrets?: Required<Omit<ExternalSecretsDefinition, 'store'>> & {
    readonly store: Required<ExternalSecretsStoreDefinition>;
  };
  readonly certManager: Required<Omit<CertManagerDefinition, 'issuer'>> & {
    readonly issuer?: Required<CertManagerIssuerDefinition>;
  };
}

/** The settings of an east-west gateway, its load-balancer preset resolved into its Service. */
export interface EastWestGatewaySettings
  extends Omit<EastWestGatewayDefinition, 'loadBalancer' | 'resources' | 'autoscaling' | 'service'> {
  readonly resources: Required<ResourcesDefinition>;
  readonly autoscaling: Required<AutoscalingDefinition> | 'disabled';
  readonly service: ServiceDefinition & Required<Pick<ServiceDefinition, 'type' | 'annotations'>>;
}

/** What is deployed to prove that the mesh works. */
export interface Verification {
  readonly helloWorld: 'enabled' | 'disabled';
  readonly curlImage: string;
}

/** The cluster of a mesh that has a name; undefined where there is none. */
export function findCluster(mesh: Mesh, name: string): Cluster | undefined {
  return mesh.clusters.find((cluster) => cluster.name === name);
}

/** What is wrong with a name that no cluster of a mesh has, and which one may be meant. */
export function unknownCluster(
  name: string,
  known: readonly string[],
): Pick<Problem, 'code' | 'message' | 'hint'> {
  return {
    code: 'MESH-UNKNOWN-CLUSTER',
    message: `${JSON.stringify(name)} is not a cluster of the mesh.`,
    hint: `Write ${nearest(name, known) ?? `one of ${known.join(', ')}`}.`,
  };
}
