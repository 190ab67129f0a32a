import type { Mesh } from './mesh';

/**
 * The names that connect the parts of Istio across clusters. A name that does not match fails silently, so
 * each name is defined only here.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */

/** The namespace of the control plane and of the east-west gateway. */
export const istioSystem = 'istio-system';

/** The label that assigns a namespace, Service or pod to a network. */
export const networkLabel = 'topology.istio.io/network';

/** The label of a Service that pods in ambient mode can call in other networks. */
export const globalLabel = { 'istio.io/global': 'true' } as const;

/** The labels by which the Service and the cross-network Gateway select the pods of the east-west gateway. */
export const eastWestGatewayLabels = { app: 'istio-eastwestgateway', istio: 'eastwestgateway' } as const;

/** The name of the east-west gateway's Service, Deployment and HorizontalPodAutoscaler. */
export const eastWestGatewayName = 'istio-eastwestgateway';

/** The name of the east-west gateway of ambient mode beside that of sidecars. */
export const ambientGatewayName = 'istio-eastwestgateway-ambient';

/** The class of the Gateways through which other networks enter in ambient mode. */
export const eastWestGatewayClass = 'istio-east-west';

/** The class of the Gateways that are waypoints. */
export const waypointClass = 'istio-waypoint';

/** The label by which istiod of another revision than `default` finds its Gateways. */
export const revisionLabel = 'istio.io/rev';

/** The port on which ztunnel, waypoints and the east-west gateways of ambient mode accept connections. */
export const hbonePort = 15008;

/** The port on which an east-west gateway accepts mutual TLS connections from other networks. */
export const crossNetworkPort = 15443;

/** The Secret with the plugged-in CA certificate of istiod. */
export const caCertsSecretName = 'cacerts';

/** The ConfigMap of each namespace with the lists of revoked certificates in cacerts. istiod also writes it without lists. */
export const revocationLists = 'istio-ca-crl';

/** The label of a remote secret: istiod reads the kubeconfigs in it. */
export const multiClusterLabels = { 'istio/multiCluster': 'true' } as const;

/** The annotation with the name of the cluster that a remote secret gives access to. */
export const clusterAnnotation = 'networking.istio.io/cluster';

/** The name of the remote secret for a cluster, as istioctl writes it. */
export function remoteSecretName(clusterName: string): string {
  return `istio-remote-secret-${clusterName}`;
}

/** The service account with which istiods of other clusters read a cluster. */
export const readerServiceAccount = 'istio-reader-service-account';

/** The revision of a control plane without a revision. */
export const defaultRevision = 'default';

/** The name of an object of a revision, such as `istiod-canary`; the default revision adds no suffix. */
export function withRevision(name: string, revision: string): string {
  return revision === defaultRevision ? name : `${name}-${revision}`;
}

/**
 * Istio's HelloWorld sample: every cluster has the same Service, its own version of the Deployment, and a
 * client that calls the Service.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export const helloWorld = {
  namespace: 'sample',
  service: 'helloworld',
  port: 5000,
  /** The name of the client's Deployment and container. */
  client: 'curl',
  clientImage: 'docker.io/curlimages/curl:8.16.0',
} as const;

/** The version with which HelloWorld in a cluster answers: v1 in the first cluster of the mesh. */
export function helloWorldVersion({ clusters }: Mesh, clusterName: string): string {
  return `v${clusters.findIndex(({ name }) => name === clusterName) + 1}`;
}
