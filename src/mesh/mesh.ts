import type { Problem } from '../problems/problem';
import { nearest } from '../problems/suggestion';
import type { CniSettings } from './cni';
import type { ComponentsDefinition } from './components/definition';
import type { DataPlane } from './data-plane';
import type { CertificatesDefinition } from './definition';
import type { EastWestGatewayDefinition } from './gateway';
import type { AmbientGatewaySettings } from './gateways/ambient-gateway';
import type { AutoscalingDefinition } from './gateways/autoscaling';
import type { GatewaySettings } from './gateways/gateway-settings';
import type { GatewayNamespace } from './gateways/namespace';
import type { ResourcesDefinition } from './gateways/pod-settings';
import type { ServiceSettings } from './gateways/service-with-preset';
import type { Texts } from './gateways/texts';
import type { GitOpsTool, RepositoryDefinition } from './gitops';
import type { ClusterHelloWorld } from './hello-world';
import type { HelmValues } from './helm-values';
import type { ControlPlaneFormat, CrdsChoice, GatewayApiChoice, IstioProfile } from './istio';
import type { Note } from './notes';
import type { Patch } from './patches/patch';
import type { ReaderSettings } from './reader';
import type { BackendSettings, RemoteSecretsBackend, SecretsBackend } from './secrets/backends';
import type { MeshSecretsDefinition } from './secrets/definition';
import type { SecurityLevel } from './security';
import type { MeshService } from './services';
import type { WaypointSettings } from './waypoints';
import type { ZtunnelSettings } from './ztunnel';

/**
 * A validated mesh: frozen plain data with all defaults filled in. {@link defineMesh} and {@link loadMesh}
 * create it.
 */
export interface Mesh {
  readonly meshID: string;
  readonly trustDomain: string;
  readonly security: SecurityLevel;
  readonly istio: Istio;
  readonly certificates: Required<CertificatesDefinition>;
  /** The folder that contains the kubeconfigs of joined clusters. */
  readonly remotes: string;
  readonly secrets: Required<Pick<MeshSecretsDefinition, 'directory'>>;
  /** Undefined if no GitOps tool applies the output. */
  readonly gitops?: GitOps;
  readonly clusters: readonly Cluster[];
  /** The patches of all clusters; undefined if there are none. */
  readonly patches?: readonly Patch[];
  readonly services: readonly MeshService[];
  readonly waypoints: readonly WaypointSettings[];
  readonly verification: Verification;
  /** What the author of the definition may want to know, such as values that change nothing. */
  readonly notes: readonly Note[];
}

/** The GitOps tool that applies the output, and the repository that contains it, at a branch or a tag. */
export interface GitOps {
  readonly tool: GitOpsTool;
  readonly namespace: string;
  readonly repository: RepositoryDefinition & Required<Pick<RepositoryDefinition, 'path'>>;
}

/** How the control planes of all clusters are written. */
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
  /** `default` if the definition has no revision. */
  readonly revision: string;
  readonly profile: IstioProfile;
  /** With another data plane than sidecars, the values are over those of Istio's profile `ambient`. */
  readonly dataPlane: DataPlane;
  /** The merged values: those of the cluster override those of the mesh, and those of a canary override both. */
  readonly values: HelmValues;
  /** The merged components; undefined if the definition has none. */
  readonly components?: ComponentsDefinition;
}

/** The control planes of a cluster: the one that gateways and workloads without a revision use, and a canary. */
export interface ClusterIstio extends ControlPlaneSettings {
  /** Whether the output has the CustomResourceDefinitions of the Gateway API. */
  readonly gatewayAPI: GatewayApiChoice;
  /** Undefined if the cluster has no CNI node agent. */
  readonly cni?: CniSettings;
  /** Undefined if the cluster has no ambient mode, or if another tool installs ztunnel. */
  readonly ztunnel?: ZtunnelSettings;
  readonly canary?: ControlPlaneSettings;
}

/** One cluster of a mesh. */
export interface Cluster {
  readonly name: string;
  readonly network: string;
  readonly trustDomain: string;
  readonly dataPlane: DataPlane;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly server?: string;
  readonly tlsServerName?: string;
  readonly proxyUrl?: string;
  /** The names of the clusters that this cluster reads, in the order of the mesh. */
  readonly peers: readonly string[];
  readonly istio: ClusterIstio;
  readonly secrets: ClusterSecrets;
  readonly reader: ReaderSettings;
  /** The gateway for sidecars. Undefined if it is disabled, or if the cluster has no sidecars. */
  readonly eastWestGateway?: EastWestGatewaySettings;
  /** The gateway of ambient mode. Undefined if it is disabled, or if the cluster has no ambient mode. */
  readonly ambientGateway?: AmbientGatewaySettings;
  /** Ingress and egress gateways besides that of the profile. */
  readonly gateways: readonly GatewaySettings[];
  /** The hosts that the gateway exposes to other networks, such as `*.local` or `*.shop.svc.cluster.local`. */
  readonly exposedHosts: readonly string[];
  /** HelloWorld, where it is deployed. */
  readonly helloWorld: ClusterHelloWorld;
  /** The patches of this cluster alone; undefined if there are none. */
  readonly patches?: readonly Patch[];
}

/** The backends of a cluster's Secrets, with the settings of all backends. */
export interface ClusterSecrets extends BackendSettings {
  readonly cacerts: SecretsBackend;
  readonly remoteSecrets: RemoteSecretsBackend;
}

/** The settings of an east-west gateway. Its load-balancer preset is merged into its Service. */
export interface EastWestGatewaySettings
  extends Omit<
      EastWestGatewayDefinition,
      | 'loadBalancer'
      | 'ambient'
      | 'autoscaling'
      | 'namespace'
      | 'resources'
      | 'service'
      | 'istiodPorts'
      | 'labels'
      | 'annotations'
      | 'podAnnotations'
      | 'nodeSelector'
    >,
    Readonly<Partial<Record<'labels' | 'annotations' | 'podAnnotations' | 'nodeSelector', Texts>>> {
  readonly namespace: GatewayNamespace;
  readonly resources: Required<ResourcesDefinition>;
  readonly autoscaling: EastWestAutoscaling | 'disabled';
  readonly service: ServiceSettings;
  readonly istiodPorts: 'enabled' | 'disabled';
}

/** The autoscaling of an east-west gateway. */
export type EastWestAutoscaling = AutoscalingDefinition &
  Required<Pick<AutoscalingDefinition, 'minReplicas' | 'maxReplicas' | 'targetCPUUtilizationPercentage'>>;

/** What is deployed to verify the mesh. */
export interface Verification {
  readonly helloWorld: 'enabled' | 'disabled';
  readonly curlImage: string;
}

/** The cluster with a name, or undefined if the mesh has no such cluster. */
export function findCluster(mesh: Mesh, name: string): Cluster | undefined {
  let byName = clustersByName.get(mesh);
  if (byName === undefined) {
    byName = new Map(mesh.clusters.map((cluster) => [cluster.name, cluster]));
    clustersByName.set(mesh, byName);
  }
  return byName.get(name);
}

/** An index of each mesh, so that a look-up for every cluster does not take time that grows with its square. */
const clustersByName = new WeakMap<Mesh, ReadonlyMap<string, Cluster>>();

/** The problem of a name that no cluster of the mesh has. */
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
