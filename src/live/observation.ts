import type { ErrorCode } from '../problems/error-codes';
import type { Problem } from '../problems/problem';

/** What was seen of one cluster. */
export interface ClusterObservation {
  readonly cluster: string;
  /** Why it, or the rest of it, could not be seen. */
  readonly problems: readonly Problem[];
  /** Undefined where the cluster could not be seen. */
  readonly controlPlane?: ControlPlaneObservation;
  /** Undefined where HelloWorld was not asked for, or the cluster could not be seen. */
  readonly helloWorld?: HelloWorldObservation;
}

/** What was seen of istiod and what belongs to it. */
export interface ControlPlaneObservation {
  /** The network that the namespace is labelled with; undefined for none. */
  readonly network?: string;
  /** Undefined where there is no Deployment of the revision. */
  readonly istiod?: Readiness;
  /** What each istiod pod that is ready says of the clusters that it reads. */
  readonly replicas: readonly IstiodReplica[];
  /** Undefined where there is no Service. */
  readonly gateway?: GatewayObservation;
  /** Whether the account that other clusters read this one with has any rights. */
  readonly readerBound: boolean;
  /** The SHA-256 fingerprints of the root certificates that istiod hands out, in order; none before it does. */
  readonly rootCertificates: readonly string[];
}

/** How many pods a Deployment wants, and how many of its newest generation are ready. */
export interface Readiness {
  readonly desired: number;
  readonly ready: number;
}

/** One istiod pod. */
export interface IstiodReplica {
  readonly pod: string;
  /** Undefined where it did not say. */
  readonly remoteClusters?: readonly RemoteClusterStatus[];
}

/** A cluster that istiod reads, in the words of its own debug endpoint. */
export interface RemoteClusterStatus {
  readonly id: string;
  /** The Secret that the kubeconfig came from, as `namespace/name`; empty for istiod's own cluster. */
  readonly secretName: string;
  /** `synced`, `syncing`, `timeout` or `closed`. */
  readonly syncStatus: string;
}

/** What was seen of an east-west gateway. */
export interface GatewayObservation {
  readonly pods: Readiness;
  /** The type of its Service. */
  readonly type: string;
  /** The addresses at which other networks reach it, IP addresses and host names. */
  readonly addresses: readonly string[];
  /** Whether a Gateway lets the traffic of other networks through it. */
  readonly passthrough: boolean;
}

/** What was seen of HelloWorld. */
export interface HelloWorldObservation {
  readonly servers: readonly PodObservation[];
  readonly clients: readonly PodObservation[];
}

/** What was seen of a pod. */
export interface PodObservation {
  readonly name: string;
  readonly ready: boolean;
  /** Whether the mesh's proxy is in it. */
  readonly sidecar: boolean;
}

/** What came of calling HelloWorld from one cluster. */
export interface CallsObservation {
  readonly from: string;
  /** How often each version answered. */
  readonly answers: Readonly<Record<string, number>>;
  /** How many calls got no answer of HelloWorld's. */
  readonly failed: number;
  /** What the last of those got instead. */
  readonly lastFailure?: string;
}

/** What was looked at because one cluster does not reach another; undefined parts were not. */
export interface PeerObservation {
  readonly from: string;
  readonly to: string;
  /** Whether the remote secret in `from` opens `to`, tried from here. */
  readonly remoteSecret?: 'opens' | RemoteSecretProblem;
  /** Whether the client's proxy has been told of an endpoint at the gateway of `to`. */
  readonly endpointKnown?: boolean;
  /** Whether the gateway of `to` can be reached from the client's pod. */
  readonly gateway?: 'reached' | GatewayProblem;
}

/** Why a remote secret does not open its cluster. */
export interface RemoteSecretProblem {
  /** What trying it showed; undefined where it could not even be tried. */
  readonly code?: ErrorCode;
  /** The same as a sentence. */
  readonly fault: string;
}

/** Why a gateway cannot be reached. */
export interface GatewayProblem {
  /** As the end of a sentence, such as `198.51.100.64:15443 does not answer`. */
  readonly fault: string;
}
