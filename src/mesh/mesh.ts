import type { CertificatesDefinition, ControlPlaneForm, IstioProfile } from './definition';
import type {
  AutoscalingDefinition,
  EastWestGatewayDefinition,
  ResourcesDefinition,
  ServiceDefinition,
} from './gateway-definition';
import type { IstioValues } from './istio-values';

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
  readonly clusters: readonly Cluster[];
  readonly verification: Verification;
}

/** The control plane of every cluster. */
export interface Istio {
  readonly version: string;
  readonly hub: string;
  readonly tag: string;
  /** `default` where the user named none. */
  readonly revision: string;
  readonly profile: IstioProfile;
  readonly controlPlane: ControlPlaneForm;
  readonly istioctl: string;
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
  /** The user's values of the mesh with those of the cluster merged over them. */
  readonly values: IstioValues;
  /** Undefined where the user disabled it. */
  readonly eastWestGateway?: EastWestGatewaySettings;
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
