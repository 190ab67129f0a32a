import type { KubernetesObject, V1NetworkPolicy } from '@kubernetes/client-node';
import { eastWestGatewayLabels, helloWorld, istioSystem } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { type AuthorizationPolicy, authorizationProblems } from './authorization-policies';
import { type DestinationRule, destinationRuleProblems } from './destination-rules';
import { helloWorldHost } from './hello-world-host';
import type { LiveCluster } from './live-cluster';
import type { UnlocatedProblem } from './live-problem';
import { networkPolicyProblems } from './network-policies';
import { type PeerAuthentication, peerAuthenticationProblems } from './peer-authentications';
import { type Sidecar, sidecarProblems, visibilityProblems } from './sidecars';
import { undefinedIfRefused } from './timeout';
import type { Workload } from './workload';

/** What in a cluster forbids calls of HelloWorld. */
export interface PolicyObservation {
  /** What stops calls from the client of this cluster. */
  readonly outbound: readonly UnlocatedProblem[];
  /** What stops calls to HelloWorld of this cluster. */
  readonly inbound: readonly UnlocatedProblem[];
  /** What stops connections to the east-west gateway of this cluster. */
  readonly gateway: readonly UnlocatedProblem[];
  /** AuthorizationPolicies that may deny a call, if a call was denied. */
  readonly authorization: readonly UnlocatedProblem[];
}

const server: Workload = { namespace: helloWorld.namespace, labels: { app: helloWorld.service } };
const client: Workload = { namespace: helloWorld.namespace, labels: { app: helloWorld.client } };
const gateway: Workload = { namespace: istioSystem, labels: eastWestGatewayLabels };

/** Reads the policies of a cluster that apply to HelloWorld, its client and the east-west gateway. */
export async function observePolicies(live: LiveCluster, cluster: Cluster): Promise<PolicyObservation> {
  const host = helloWorldHost(cluster);
  const [authentications, authorizations, rules, sidecars, networkPolicies, services] = await Promise.all([
    list<PeerAuthentication>(live, 'security.istio.io/v1', 'PeerAuthentication'),
    list<AuthorizationPolicy>(live, 'security.istio.io/v1', 'AuthorizationPolicy'),
    list<DestinationRule>(live, 'networking.istio.io/v1beta1', 'DestinationRule'),
    list<Sidecar>(live, 'networking.istio.io/v1beta1', 'Sidecar'),
    list<V1NetworkPolicy>(live, 'networking.k8s.io/v1', 'NetworkPolicy'),
    list<KubernetesObject>(live, 'v1', 'Service', helloWorld.namespace),
  ]);
  const { name } = cluster;
  const authorization = authorizationProblems(name, authorizations, server);
  const destinations = destinationRuleProblems(name, rules, host);
  return {
    outbound: [
      ...destinations,
      ...sidecarProblems(name, sidecars, client, host),
      ...visibilityProblems(name, services),
      ...peerAuthenticationProblems(name, authentications, server),
      ...networkPolicyProblems(name, networkPolicies, client, 'Egress'),
    ],
    inbound: [
      ...peerAuthenticationProblems(name, authentications, server),
      ...authorization.certain,
      ...networkPolicyProblems(name, networkPolicies, server, 'Ingress'),
    ],
    gateway: [
      // The gateway passes only connections through to which its own rules give mutual TLS.
      ...destinations,
      ...authorizationProblems(name, authorizations, gateway).certain,
      ...networkPolicyProblems(name, networkPolicies, gateway, 'Ingress'),
    ],
    authorization: authorization.possible,
  };
}

/** A kind that the user may not read cannot be named as a cause. */
async function list<T extends KubernetesObject>(
  live: LiveCluster,
  apiVersion: string,
  kind: string,
  namespace?: string,
): Promise<T[]> {
  return (await undefinedIfRefused(live.list<T>({ apiVersion, kind, namespace }))) ?? [];
}
