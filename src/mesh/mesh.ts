import type { CertManagerDefinition, CertManagerIssuerDefinition } from './cert-manager-definition';
import type { CertificatesDefinition } from './definition';
import type { DeliveryEngine, RepositoryDefinition } from './delivery-definition';
import type {
  ExternalSecretsDefinition,
  ExternalSecretsStoreDefinition,
} from './external-secrets-definition';
import type {
  AutoscalingDefinition,
  EastWestGatewayDefinition,
  ResourcesDefinition,
  ServiceDefinition,
} from './gateway-definition';
import type { HelmValues } from './helm-values';
import type { ControlPlaneForm, CrdsChoice, IstioProfile } from './istio-definition';
import type { SealedSecretsControllerDefinition, SealedSecretsDefinition } from './sealed-secrets-definition';
import type { MeshSecretsDefinition, RemoteSecretsForm, SecretsForm } from './secrets-definition';
import type { SopsDefinition } from './sops-definition';

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
  readonly delivery?: Delivery;
  readonly clusters: readonly Cluster[];
  readonly verification: Verification;
}

/** The engine that applies the output, and where it finds it: at a branch, or at a tag. */
export interface Delivery {
  readonly engine: DeliveryEngine;
  readonly namespace: string;
  readonly repository: RepositoryDefinition & Required<Pick<RepositoryDefinition, 'path'>>;
}

/** How the control planes of every cluster are written. */
export interface Istio {
  readonly controlPlane: ControlPlaneForm;
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
  readonly alongside?: ControlPlaneSettings;
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
  readonly cacerts: SecretsForm;
  readonly remoteSecrets: RemoteSecretsForm;
  readonly sealedSecrets: Required<Omit<SealedSecretsDefinition, 'controller'>> & {
    readonly controller: Required<SealedSecretsControllerDefinition>;
  };
  /** Without recipients where the form is another. */
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
