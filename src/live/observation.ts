import type { Cluster } from '../mesh/mesh';
import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';
import type { LiveProblem, UnlocatedProblem } from './live-problem';
import type { Obstacle } from './pod-obstacle';
import type { PolicyObservation } from './policies';
import type { Reachability } from './reachability';

/** The observed state of one cluster. */
export interface ClusterObservation {
  readonly cluster: string;
  /** Why the cluster, or a part of it, could not be observed. */
  readonly problems: readonly LiveProblem[];
  /** What does not affect whether the mesh works now. */
  readonly warnings?: readonly Problem[];
  /** Undefined if the cluster could not be observed. */
  readonly controlPlane?: ControlPlaneObservation;
  /** Further Deployments of the mesh; undefined if the cluster could not be observed. */
  readonly rollouts?: readonly RolloutObservation[];
  /** One entry for each peer; undefined if the cluster could not be observed. */
  readonly remoteSecrets?: readonly RemoteSecretObservation[];
  /** Undefined if the mesh does not deploy HelloWorld, or the cluster could not be observed. */
  readonly helloWorld?: HelloWorldObservation;
}

/** The observed state of istiod and its gateway, reader account and certificates. */
export interface ControlPlaneObservation {
  /** The network label of the namespace istio-system; undefined if it has none. */
  readonly network?: string;
  /** Undefined if the revision has no Deployment. */
  readonly istiod?: Readiness;
  /** One entry for each ready istiod pod. */
  readonly replicas: readonly IstiodReplica[];
  /** The gateway for sidecars. Undefined if the mesh definition has none for the cluster. */
  readonly gateway?: GatewayObservation;
  /** The gateway of ambient mode. Undefined if the mesh definition has none for the cluster. */
  readonly ambientGateway?: GatewayObservation;
  /** Whether the account that other clusters use to read this one has a ClusterRoleBinding. */
  readonly readerBound: boolean;
  /**
   * The SHA-256 fingerprints of the root certificates that istiod distributes, sorted; empty before it
   * distributes any.
   */
  readonly rootCertificates: readonly string[];
  /** These certificates, in PEM. */
  readonly rootCertificate: string;
}

/** The number of pods of a Deployment. */
export interface Readiness {
  /** The number in the spec. */
  readonly desired: number;
  /** The number of ready pods of the newest ReplicaSet. */
  readonly ready: number;
  /** Why pods of the newest ReplicaSet are not ready; undefined if they are, or if nothing says why. */
  readonly obstacle?: Obstacle;
}

/** A workload of the mesh, beside the first istiod and the east-west gateway. */
export interface RolloutObservation {
  readonly part: MeshWorkload;
  /** Undefined if it does not exist. */
  readonly readiness?: Readiness;
}

/** A workload that the mesh definition asks for. */
export interface MeshWorkload {
  readonly kind: 'Deployment' | 'DaemonSet';
  readonly code: ErrorCode;
  /** What it is, as the start of a sentence. */
  readonly title: string;
  readonly namespace: string;
  readonly name: string;
  /** The file that has it. */
  readonly file: string;
  /** Whether the mesh works only with it. Others are reported elsewhere if they are missing. */
  readonly isRequired: boolean;
}

/** One istiod pod. */
export interface IstiodReplica {
  readonly pod: string;
  /** Undefined if the pod did not answer. */
  readonly remoteClusters?: readonly RemoteClusterStatus[];
}

/** A cluster that istiod reads, as its debug endpoint reports it. */
export interface RemoteClusterStatus {
  readonly id: string;
  /** The Secret that holds the kubeconfig, as `namespace/name`; empty for istiod's local cluster. */
  readonly secretName: string;
  /** `synced`, `syncing`, `timeout` or `closed`. */
  readonly syncStatus: string;
}

/** The observed state of an east-west gateway. */
export interface GatewayObservation {
  readonly pods: Readiness;
  /**
   * The name of a ready pod.
   * @default - none is ready
   */
  readonly pod?: string;
  /** The type of its Service. */
  readonly type: string;
  /** Its addresses for other networks: IP addresses and host names. */
  readonly addresses: readonly string[];
  /**
   * The port of its Service through which other networks enter.
   * @default - 15443
   */
  readonly port?: number;
  /** What prevents other networks from entering through it; empty if it works. */
  readonly problems: readonly UnlocatedProblem[];
}

/** The observed state of HelloWorld. */
export interface HelloWorldObservation {
  readonly servers: readonly PodObservation[];
  readonly clients: readonly PodObservation[];
}

/** The observed state of a pod. */
export interface PodObservation {
  readonly name: string;
  readonly ready: boolean;
  /** Whether the pod has Istio's sidecar. */
  readonly sidecar: boolean;
  /** Whether the CNI node agent redirects its traffic to ztunnel. */
  readonly ambient: boolean;
  /** @default - not known */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * What in the pod keeps istiod from injecting a sidecar, as the part of a sentence.
   * @default - nothing
   */
  readonly notInjected?: string;
}

/** The result of calling HelloWorld from one cluster. */
export interface CallsObservation {
  readonly from: string;
  /** The number of answers of each version. */
  readonly answers: Readonly<Record<string, number>>;
  /** The number of calls that HelloWorld did not answer. */
  readonly failed: number;
  /** The output of the last failed call. */
  readonly lastFailure?: string;
}

/** The path of a call from a cluster to a peer in another network; undefined for each check that was not made. */
export interface PeerObservation {
  readonly from: string;
  readonly to: string;
  /** Whether the proxy of the client has an endpoint at the gateway of `to`. */
  readonly endpointKnown?: boolean;
  /** Whether the proxy of the client can open a new connection to the gateway of `to`. */
  readonly gateway?: Reachability;
  /** What a new TLS connection through the gateway of `to` reaches. */
  readonly handshake?: HandshakeObservation;
  /**
   * Why no new connection was tried, as the end of a sentence.
   * @default - one was tried, or the gateway was not reached
   */
  readonly untried?: string;
}

/** The result of a TLS handshake through a gateway. */
export type HandshakeObservation =
  /** A workload answered. */
  | {
      /** The SPIFFE ID in its certificate. */
      readonly identity: string;
      /** Whether the root certificates of the calling cluster verify its certificate. */
      readonly trusted: boolean;
    }
  /** The gateway closed the connection, or did not answer. The reason is the end of a sentence. */
  | { readonly reason: string };

/** A remote secret of a cluster, tried as istiod uses it. */
export interface RemoteSecretObservation {
  readonly peer: string;
  /** The name of the Secret. */
  readonly secret: string;
  /** Why istiod could not use it after a restart; empty if it could. */
  readonly problems: readonly UnlocatedProblem[];
  /** Why a part could not be tried, as a sentence. */
  readonly untried?: string;
  /**
   * When its token expires, if it is time to renew it.
   * @default - not soon
   */
  readonly expires?: Date;
  /** The parts in which it differs from the kubeconfig that the next synthesis writes. */
  readonly differs: readonly string[];
}

/** The observed state of a mesh. */
export interface MeshObservation {
  /** One entry for each observed cluster. */
  readonly clusters: readonly ClusterObservation[];
  /** One entry for each cluster that could call HelloWorld. */
  readonly calls: readonly CallsObservation[];
  readonly peers: readonly PeerObservation[];
  /**
   * The policies of clusters, by name.
   * @default - those of clusters without an entry were not read
   */
  readonly policies: Readonly<Record<string, PolicyObservation>>;
}

/** The observation of a cluster; without any content if there is none. */
export function observationOf(
  { clusters }: Pick<MeshObservation, 'clusters'>,
  { name }: Cluster,
): ClusterObservation {
  return clusters.find(({ cluster }) => cluster === name) ?? { cluster: name, problems: [] };
}
