import type { DefinitionPath } from '../../problems/problem';
import { resourcesProblems } from '../kubernetes/container-resources';
import { gatewayNames, mapAt, type ValueCondition } from './effective-values';

/** The values that become the resources of a container. */
const resources: readonly DefinitionPath[] = [
  ['pilot', 'resources'],
  ['cni', 'resources'],
  ['ztunnel', 'resources'],
  ['global', 'defaultResources'],
  ['global', 'proxy', 'resources'],
  ['global', 'waypoint', 'resources'],
  ...gatewayNames.map((name) => ['gateways', name, 'resources']),
];

/** A container cannot request more than its limit. The limit of one file may be below the request of another, or of a chart. */
export const requestsWithinLimits: ValueCondition = (values) =>
  resources.flatMap((path) => {
    const { requests, limits } = mapAt(values, path);
    return resourcesProblems({ requests: asMap(requests), limits: asMap(limits) }).map(
      ({ path: [field, name = ''], message, hint }) => ({
        values: [field, ...(['requests', 'limits'] as const).filter((other) => other !== field)].map(
          (each) => [...path, each, name],
        ),
        message,
        hint,
      }),
    );
  });

function asMap(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
