import type { DefinitionPath } from '../../problems/problem';
import type { HelmValues } from '../helm-values';
import { entriesAt, gatewayNames, mapAt, type ValueCondition, type ValueProblem } from './effective-values';
import type { Part } from './placed-problem';
import { servicePortProblems } from './service-ports';

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

function portProblems(values: HelmValues, path: DefinitionPath): ValueProblem[] {
  const ports = [...entriesAt(values, [...path, 'ports']), ...entriesAt(values, [...path, 'ingressPorts'])];
  const { type } = mapAt(values, path);
  return [
    ...servicePortProblems(ports, type).map(({ at, ...problem }) => ({ values: [at], ...problem })),
    ...ports.filter(({ entry }) => entry.port === undefined).map(withoutPort),
  ];
}

function withoutPort({ path }: Part): ValueProblem {
  return {
    values: [path],
    message: 'The port of the Service has no number.',
    hint: 'Add port: with a number.',
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
