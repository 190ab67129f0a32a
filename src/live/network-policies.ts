import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { crossNetworkPort, helloWorld } from '../mesh/istio-names';
import { matchesLabels } from './label-selector';
import { lasting, type UnlocatedProblem } from './live-problem';
import { nameOf, type Workload } from './workload';

/**
 * The NetworkPolicies that close the ports of a workload: those that select it, if none of them has a rule for
 * the port. Whom a rule lets in is not validated.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicyProblems(
  cluster: string,
  policies: readonly V1NetworkPolicy[],
  workload: Workload,
  direction: 'Ingress' | 'Egress',
): UnlocatedProblem[] {
  const selected = policies.filter(
    ({ metadata, spec }) =>
      metadata?.namespace === workload.namespace &&
      matchesLabels(spec?.podSelector, workload.labels) &&
      typesOf(spec).includes(direction),
  );
  const isGateway = workload.namespace !== helloWorld.namespace;
  const port = isGateway || direction === 'Egress' ? crossNetworkPort : helloWorld.port;
  const rules = selected.flatMap(
    ({ spec }) => (direction === 'Ingress' ? spec?.ingress : spec?.egress) ?? [],
  );
  const isOpen = rules.some(
    ({ ports = [] }) => ports.length === 0 || ports.some((each) => opens(each, port)),
  );
  if (selected.length === 0 || isOpen) return [];
  const [first] = selected;
  if (first === undefined) return [];
  const names = selected.map((policy) => nameOf('NetworkPolicy', policy).shown);
  const who = isGateway
    ? 'the east-west gateway'
    : direction === 'Egress'
      ? 'the client of HelloWorld'
      : 'HelloWorld';
  const verb = names.length > 1 ? 'close' : 'closes';
  const way =
    direction === 'Ingress' ? `port ${port} of ${who}` : `the connections of ${who} to port ${port}`;
  return [
    lasting(
      `${names.join(' and ')} of ${cluster} ${verb} ${way}.`,
      `Allow TCP port ${port} in a NetworkPolicy for these pods, or delete it in ${cluster}: kubectl delete ${nameOf('NetworkPolicy', first).command}.`,
    ),
  ];
}

/** Without types, a policy is for ingress, and for egress if it has such rules. */
function typesOf(spec: V1NetworkPolicy['spec']): readonly string[] {
  return spec?.policyTypes ?? ['Ingress', ...(spec?.egress === undefined ? [] : ['Egress'])];
}

interface PolicyPort {
  readonly port?: number | string;
  readonly endPort?: number;
  readonly protocol?: string;
}

/** The name of a port may stand for any number. */
function opens({ port, endPort, protocol = 'TCP' }: PolicyPort, wanted: number): boolean {
  if (protocol !== 'TCP') return false;
  if (typeof port !== 'number') return true;
  return port <= wanted && wanted <= (endPort ?? port);
}
