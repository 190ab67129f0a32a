import type { Mesh } from './mesh';

/**
 * The names by which Istio's parts find each other across clusters. One that does not match fails
 * silently, so each is written once, here.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/multi-primary_multi-network/
 */

/** The namespace of the control plane and of the east-west gateway. */
export const istioSystem = 'istio-system';

/** Marks a namespace, Service or pod as part of a network. */
export const networkLabel = 'topology.istio.io/network';

/** Selects the pods of the east-west gateway, from its Service and from the cross-network Gateway. */
export const eastWestGatewayLabels = { app: 'istio-eastwestgateway', istio: 'eastwestgateway' } as const;

/** The name of the east-west gateway's Service, Deployment and HorizontalPodAutoscaler. */
export const eastWestGatewayName = 'istio-eastwestgateway';

/** The port on which a network's gateway takes mutual TLS from other networks. */
export const crossNetworkPort = 15443;

/** The Secret from which istiod takes its plugged-in CA certificate. */
export const caCertsSecretName = 'cacerts';

/** Makes istiod read a Secret as kubeconfigs of remote clusters. */
export const multiClusterLabels = { 'istio/multiCluster': 'true' } as const;

/** Names the cluster that a remote secret is for. */
export const clusterAnnotation = 'networking.istio.io/cluster';

/** The name that istioctl gives the remote secret for a cluster. */
export function remoteSecretName(clusterName: string): string {
  return `istio-remote-secret-${clusterName}`;
}

/** The account as which other clusters' istiods read a cluster, and the Secret that holds its token. */
export const readerServiceAccount = 'istio-reader-service-account';
export const readerTokenSecret = `${readerServiceAccount}-istio-remote-secret-token`;

/** The revision that Istio means when none is named. */
export const defaultRevision = 'default';

/** `istiod`, or `istiod-canary` for the revision canary: how Istio names what a revision has of its own. */
export function withRevision(name: string, revision: string): string {
  return revision === defaultRevision ? name : `${name}-${revision}`;
}

/**
 * Istio's HelloWorld: a Service that every cluster has, behind it a version that is the cluster's own, and
 * a client to call it.
 *
 * @see https://istio.io/latest/docs/setup/install/multicluster/verify/
 */
export const helloWorld = {
  namespace: 'sample',
  service: 'helloworld',
  port: 5000,
  /** The Deployment of the client, and its container. */
  client: 'curl',
  clientImage: 'docker.io/curlimages/curl:8.16.0',
} as const;

/** The version that the HelloWorld of a cluster answers with: v1 for the first of the mesh. */
export function helloWorldVersion({ clusters }: Mesh, clusterName: string): string {
  return `v${clusters.findIndex(({ name }) => name === clusterName) + 1}`;
}
