import type { V1Namespace, V1Service } from '@kubernetes/client-node';
import { helloWorld } from '../mesh/istio-names';
import { lasting, type UnlocatedProblem } from './live-problem';
import { isVisible } from './visibility';

/** The annotation that hides a Service from other namespaces, or from all. */
const exportTo = 'networking.istio.io/exportTo';
/** The annotation of Services and namespaces for what `trafficDistribution` says in newer versions of Kubernetes. */
const trafficDistribution = 'networking.istio.io/traffic-distribution';

const { namespace, service: name } = helloWorld;

/** The Service of HelloWorld, if it is hidden from its client. */
export function visibilityProblems(cluster: string, service: V1Service | undefined): UnlocatedProblem[] {
  return hidden(cluster, service, namespace, 'its client');
}

/**
 * The Service of HelloWorld, if it is hidden from the gateway, which then does not know where to send calls.
 *
 * @param ofGateway the namespace of the gateway
 */
export function gatewayVisibilityProblems(
  cluster: string,
  service: V1Service | undefined,
  ofGateway: string,
): UnlocatedProblem[] {
  return hidden(cluster, service, ofGateway, 'the east-west gateway');
}

function hidden(
  cluster: string,
  service: V1Service | undefined,
  viewer: string,
  who: string,
): UnlocatedProblem[] {
  const value = service?.metadata?.annotations?.[exportTo];
  if (value === undefined) return [];
  const namespaces = value.split(',').map((each) => each.trim());
  if (isVisible(namespaces, namespace, viewer)) return [];
  return [
    lasting(
      `The annotation ${exportTo}: ${JSON.stringify(value)} of Service ${namespace}/${name} in ${cluster} hides HelloWorld from ${who}.`,
      `Run kubectl -n ${namespace} annotate service ${name} ${exportTo}- in ${cluster}.`,
    ),
  ];
}

/** What in the Service keeps calls on the node of the caller. */
export function trafficPolicyProblems(cluster: string, service: V1Service | undefined): UnlocatedProblem[] {
  if (service?.spec?.internalTrafficPolicy !== 'Local') return [];
  return [
    lasting(
      `Service ${namespace}/${name} of ${cluster} has internalTrafficPolicy: Local, so its calls do not leave the node.`,
      `Apply 90-helloworld.k8s.yaml of ${cluster}, or set internalTrafficPolicy: Cluster.`,
    ),
  ];
}

/** What makes proxies prefer HelloWorld in their own network. */
export function distributionProblems(
  cluster: string,
  service: V1Service | undefined,
  owner: V1Namespace | undefined,
): UnlocatedProblem[] {
  const { trafficDistribution: ofSpec } = service?.spec ?? {};
  const ofService = service?.metadata?.annotations?.[trafficDistribution];
  const ofNamespace = owner?.metadata?.annotations?.[trafficDistribution];
  const value = ofSpec ?? ofService ?? ofNamespace;
  if (value === undefined || !/^prefer(close|samezone|samenode)$/i.test(value)) return [];
  const where =
    ofSpec === undefined && ofService === undefined
      ? `Namespace ${namespace}`
      : `Service ${namespace}/${name}`;
  const key = ofSpec === undefined ? `the annotation ${trafficDistribution}` : 'trafficDistribution';
  return [
    lasting(
      `${where} of ${cluster} has ${key}: ${value}, so HelloWorld of other networks is called only if that of ${cluster} is not ready.`,
      `Remove it from ${where} in ${cluster} to call all clusters.`,
    ),
  ];
}
