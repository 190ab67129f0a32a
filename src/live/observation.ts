import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';
import type { Obstacle } from './pod-obstacle';

/** The observed state of one cluster. */
export interface ClusterObservation {
  readonly cluster: string;
  /** Why the cluster, or a part of it, could not be observed. */
  readonly problems: readonly Problem[];
  /** Undefined if the cluster could not be observed. */
  readonly controlPlane?: ControlPlaneObservation;
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
  /** Undefined if the east-west gateway has no Service. */
  readonly gateway?: GatewayObservation;
  /** Whether the account that other clusters use to read this one has a ClusterRoleBinding. */
  readonly readerBound: boolean;
  /**
   * The SHA-256 fingerprints of the root certificates that istiod distributes, sorted; empty before it
   * distributes any.
   */
  readonly rootCertificates: readonly string[];
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
  /** The type of its Service. */
  readonly type: string;
  /** Its addresses for other networks: IP addresses and host names. */
  readonly addresses: readonly string[];
  /** Whether a Gateway has a server with TLS mode AUTO_PASSTHROUGH. */
  readonly passthrough: boolean;
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

/** Further checks of a cluster that does not reach a peer; undefined for each check that was not made. */
export interface PeerObservation {
  readonly from: string;
  readonly to: string;
  /** Whether the remote secret for `to` in the cluster `from` works from this machine. */
  readonly remoteSecret?: 'usable' | RemoteSecretProblem;
  /** Whether the proxy of the client has an endpoint at the gateway of `to`. */
  readonly endpointKnown?: boolean;
  /** Whether the pod of the client can connect to the gateway of `to`. */
  readonly gateway?: 'reachable' | GatewayProblem;
}

/** Why a remote secret does not work. */
export interface RemoteSecretProblem {
  /** Undefined if the Secret is missing or incomplete, so that no connection was attempted. */
  readonly code?: ErrorCode;
  /** A sentence. */
  readonly message: string;
}

/** Why a gateway cannot be reached. */
export interface GatewayProblem {
  /** The end of a sentence, such as `198.51.100.64:15443 does not answer`. */
  readonly reason: string;
}
