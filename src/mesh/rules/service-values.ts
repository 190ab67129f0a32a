import type { DefinitionPath } from '../../problems/problem';
import type { HelmValues } from '../helm-values';
import { entriesAt, gatewayNames, mapAt, type ValueCondition, type ValueProblem } from './effective-values';

/** The Services in Istio's values, as the API server validates them. */
export const consistentService: ValueCondition = (values) => [
  ...gatewayNames.flatMap((name) => gatewayProblems(values, ['gateways', name])),
  ...familyProblems(mapAt(values, ['pilot']), ['pilot']),
];

function gatewayProblems(values: HelmValues, path: DefinitionPath): ValueProblem[] {
  const gateway = mapAt(values, path);
  if (gateway.customService === true) return [];
  return [...portProblems(values, path), ...typeProblems(gateway, path), ...familyProblems(gateway, path)];
}

interface Port {
  readonly entry: HelmValues;
  readonly path: DefinitionPath;
}

function portProblems(values: HelmValues, path: DefinitionPath): ValueProblem[] {
  const ports = [...entriesAt(values, [...path, 'ports']), ...entriesAt(values, [...path, 'ingressPorts'])];
  const { type } = mapAt(values, path);
  return [
    ...repeated(ports, 'name', ({ name }) => name),
    ...repeated(ports, 'port', (entry) => entry.port !== undefined && `${entry.port} ${protocolOf(entry)}`),
    ...repeated(ports, 'nodePort', (entry) => entry.nodePort && `${entry.nodePort} ${protocolOf(entry)}`),
    ...(ports.length > 1 ? withoutName(ports) : []),
    ...ports.filter(({ entry }) => entry.port === undefined).map(withoutPort),
    ...(type === 'ClusterIP' ? ports.filter(({ entry }) => entry.nodePort).map(nodePortOfClusterIp) : []),
  ];
}

function protocolOf({ protocol }: HelmValues): string {
  return String(protocol || 'TCP');
}

/** Ports that have a key which an earlier one has. */
function repeated(
  ports: readonly Port[],
  field: string,
  keyOf: (entry: HelmValues) => unknown,
): ValueProblem[] {
  const keys = ports.map(({ entry }) => keyOf(entry) || undefined);
  return ports
    .filter((_, index) => keys[index] !== undefined && keys.indexOf(keys[index]) < index)
    .map(({ entry, path }) => ({
      values: [[...path, field]],
      message: `Two ports of the Service have the ${field} ${entry[field]}.`,
      hint: `Write another ${field}, or remove one of the two.`,
    }));
}

function withoutName(ports: readonly Port[]): ValueProblem[] {
  return ports
    .filter(({ entry }) => !entry.name)
    .map(({ path }) => ({
      values: [path],
      message: 'A Service with several ports needs a name for each.',
      hint: 'Add name: with a name such as https.',
    }));
}

function withoutPort({ path }: Port): ValueProblem {
  return {
    values: [path],
    message: 'The port of the Service has no number.',
    hint: 'Add port: with a number.',
  };
}

function nodePortOfClusterIp({ path }: Port): ValueProblem {
  return {
    values: [[...path, 'nodePort']],
    message: 'A Service of type ClusterIP has no nodePort.',
    hint: 'Remove nodePort, or write type: LoadBalancer or type: NodePort.',
  };
}

function typeProblems(
  { type, loadBalancerSourceRanges, externalTrafficPolicy }: HelmValues,
  path: DefinitionPath,
): ValueProblem[] {
  const hasRanges = Array.isArray(loadBalancerSourceRanges) && loadBalancerSourceRanges.length > 0;
  const refused = [
    ...(hasRanges && type !== 'LoadBalancer' ? ['loadBalancerSourceRanges'] : []),
    ...(externalTrafficPolicy && isInternal(type) ? ['externalTrafficPolicy'] : []),
  ];
  return refused.map((field) => ({
    values: [
      [...path, field],
      [...path, 'type'],
    ],
    message: `A Service of type ${type || 'ClusterIP'} has no ${field}.`,
    hint: `Remove ${field}, or write type: LoadBalancer.`,
  }));
}

/** Without a type, Kubernetes creates a Service of type ClusterIP. */
function isInternal(type: unknown): boolean {
  return type === 'ClusterIP' || type === '' || type === null;
}

function familyProblems({ ipFamilyPolicy, ipFamilies }: HelmValues, path: DefinitionPath): ValueProblem[] {
  if (ipFamilyPolicy !== 'SingleStack' || !Array.isArray(ipFamilies) || ipFamilies.length < 2) return [];
  return [
    {
      values: [
        [...path, 'ipFamilyPolicy'],
        [...path, 'ipFamilies'],
      ],
      message: 'A Service with the policy SingleStack has one IP family, not two.',
      hint: 'Write ipFamilyPolicy: PreferDualStack, or one family.',
    },
  ];
}
