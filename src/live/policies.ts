import type { KubernetesObject, V1Namespace, V1NetworkPolicy, V1Service } from '@kubernetes/client-node';
import { eastWestGatewayLabels, helloWorld, istioSystem } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { networkGatewayOf } from '../mesh/network-gateway';
import { type AuthorizationPolicy, authorizationProblems } from './authorization-policies';
import {
  appliedRules,
  type DestinationRule,
  destinationRuleProblems,
  localityProblems,
} from './destination-rules';
import { type EnvoyFilter, envoyFilterProblems } from './envoy-filters';
import { helloWorldHost } from './hello-world-host';
import {
  distributionProblems,
  gatewayVisibilityProblems,
  trafficPolicyProblems,
  visibilityProblems,
} from './hello-world-service';
import type { LiveCluster } from './live-cluster';
import type { UnlocatedProblem } from './live-problem';
import { networkPolicyProblems } from './network-policies';
import { type PeerAuthentication, peerAuthenticationProblems } from './peer-authentications';
import { type Sidecar, sidecarProblems } from './sidecars';
import { undefinedIfRefused } from './timeout';
import { observeRoute, type RouteObservation, type VirtualService } from './virtual-services';
import type { Workload } from './workload';

/** What in a cluster forbids calls of HelloWorld. */
export interface PolicyObservation {
  /** What stops calls from the client of this cluster. */
  readonly outbound: readonly UnlocatedProblem[];
  /** What keeps calls from the client of this cluster in its network. */
  readonly distribution?: readonly UnlocatedProblem[];
  /**
   * The subsets to which a VirtualService of this cluster sends the calls of the client.
   * @default - all pods of HelloWorld get them
   */
  readonly subsets?: RouteObservation['subsets'];
  /** What stops calls to HelloWorld of this cluster. */
  readonly inbound: readonly UnlocatedProblem[];
  /** What stops connections to the east-west gateway of this cluster. */
  readonly gateway: readonly UnlocatedProblem[];
  /** The names of the subsets that the east-west gateway of this cluster knows. */
  readonly gatewaySubsets?: readonly string[];
  /** AuthorizationPolicies that may deny a call, if a call was denied. */
  readonly authorization: readonly UnlocatedProblem[];
  /** What may be the cause if nothing else is. */
  readonly possible?: readonly UnlocatedProblem[];
}

const server: Workload = { namespace: helloWorld.namespace, labels: { app: helloWorld.service } };
const client: Workload = { namespace: helloWorld.namespace, labels: { app: helloWorld.client } };

/** The pods of the gateway between networks; of a cluster without one, nothing is asked about them. */
function gatewayWorkload(cluster: Cluster): Workload {
  const { namespace = istioSystem, labels = eastWestGatewayLabels } = networkGatewayOf(cluster) ?? {};
  return { namespace, labels };
}

/** Reads the policies of a cluster that apply to HelloWorld, its client and the east-west gateway. */
export async function observePolicies(live: LiveCluster, cluster: Cluster): Promise<PolicyObservation> {
  const networking = 'networking.istio.io/v1beta1';
  const [authentications, authorizations, rules, virtualServices, sidecars] = await Promise.all([
    list<PeerAuthentication>(live, 'security.istio.io/v1', 'PeerAuthentication'),
    list<AuthorizationPolicy>(live, 'security.istio.io/v1', 'AuthorizationPolicy'),
    list<DestinationRule>(live, networking, 'DestinationRule'),
    list<VirtualService>(live, networking, 'VirtualService'),
    list<Sidecar>(live, networking, 'Sidecar'),
  ]);
  const [filters, networkPolicies, services, namespaces] = await Promise.all([
    list<EnvoyFilter>(live, 'networking.istio.io/v1alpha3', 'EnvoyFilter'),
    list<V1NetworkPolicy>(live, 'networking.k8s.io/v1', 'NetworkPolicy'),
    list<V1Service>(live, 'v1', 'Service', helloWorld.namespace),
    list<V1Namespace>(live, 'v1', 'Namespace'),
  ]);
  const security = { authentications, authorizations };
  const routing = { rules, virtualServices, sidecars, filters };
  return policiesOf(cluster, { ...security, ...routing, networkPolicies, services, namespaces });
}

/** The objects of a cluster that decide where calls of HelloWorld go. */
export interface PolicyObjects {
  readonly authentications: readonly PeerAuthentication[];
  readonly authorizations: readonly AuthorizationPolicy[];
  readonly rules: readonly DestinationRule[];
  readonly virtualServices: readonly VirtualService[];
  readonly sidecars: readonly Sidecar[];
  readonly filters: readonly EnvoyFilter[];
  readonly networkPolicies: readonly V1NetworkPolicy[];
  /** The Services of the namespace of HelloWorld. */
  readonly services: readonly V1Service[];
  readonly namespaces: readonly V1Namespace[];
}

/** What the objects of a cluster do to calls of HelloWorld. */
export function policiesOf(cluster: Cluster, objects: PolicyObjects): PolicyObservation {
  const { authentications, authorizations, networkPolicies, services, filters } = objects;
  const { name } = cluster;
  const gateway = gatewayWorkload(cluster);
  const host = helloWorldHost(cluster);
  const service = services.find(({ metadata }) => metadata?.name === helloWorld.service);
  const namespace = objects.namespaces.find(({ metadata }) => metadata?.name === helloWorld.namespace);
  const authentication = peerAuthenticationProblems(name, authentications, server);
  const authorization = authorizationProblems(name, authorizations, server);
  const clientRules = appliedRules(objects.rules, client, host);
  const gatewayRules = appliedRules(objects.rules, gateway, host);
  const route = observeRoute(name, objects.virtualServices, clientRules, client, host);
  return {
    outbound: [
      ...destinationRuleProblems(name, clientRules, host),
      ...route.problems,
      ...sidecarProblems(name, objects.sidecars, client, host),
      ...visibilityProblems(name, service),
      ...trafficPolicyProblems(name, service),
      ...authentication,
      ...networkPolicyProblems(name, networkPolicies, client, 'Egress'),
    ],
    distribution: distributionProblems(name, service, namespace),
    subsets: route.subsets,
    inbound: [
      ...authentication,
      ...authorization.certain,
      ...networkPolicyProblems(name, networkPolicies, server, 'Ingress'),
    ],
    gateway: [
      // The gateway passes only connections through to which its own rules give mutual TLS.
      ...destinationRuleProblems(name, gatewayRules, host),
      ...gatewayVisibilityProblems(name, service, gateway.namespace),
      ...authorizationProblems(name, authorizations, gateway).certain,
      ...networkPolicyProblems(name, networkPolicies, gateway, 'Ingress'),
    ],
    gatewaySubsets: gatewayRules.flatMap(({ spec }) => (spec?.subsets ?? []).map((subset) => subset.name)),
    authorization: authorization.possible,
    possible: [
      ...localityProblems(name, clientRules),
      ...[client, server, gateway].flatMap((workload) => envoyFilterProblems(name, filters, workload)),
    ],
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
