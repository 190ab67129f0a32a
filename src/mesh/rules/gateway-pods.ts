import type { GatewaySettings } from '../gateways/gateway-settings';
import type { GatewayPodDefinition } from '../gateways/pod-settings';
import type { HelmValues } from '../helm-values';
import { resourcesProblems } from '../kubernetes/container-resources';
import { entriesAt } from './effective-values';
import { mountsOf, repeatedParts } from './parts-of-pods';
import type { Part, PlacedProblem } from './placed-problem';

/** The workload of a gateway, as the API server validates it. */
export function gatewayPodProblems({ values }: GatewaySettings): PlacedProblem[] {
  return [
    ...amountProblems(values),
    ...replicaProblems(values),
    ...strategyProblems(values.strategy, values.kind),
    ...podPartProblems(values),
  ];
}

function amountProblems({ resources = {} }: GatewaySettings['values']): PlacedProblem[] {
  return resourcesProblems({ requests: resources.requests, limits: resources.limits }).map(
    ({ path, message, hint }) => ({ at: ['resources', ...path], message, hint }),
  );
}

function replicaProblems({ autoscaling = {}, kind }: GatewaySettings['values']): PlacedProblem[] {
  const { enabled, minReplicas = 1, maxReplicas } = autoscaling;
  if (!enabled || kind === 'DaemonSet') return [];
  if (maxReplicas === undefined) {
    return [
      {
        at: ['autoscaling'],
        message: 'The autoscaler has no maxReplicas.',
        hint: 'Add maxReplicas: with a number.',
      },
    ];
  }
  if (minReplicas <= maxReplicas) return [];
  return [
    {
      at: ['autoscaling'],
      message: `minReplicas ${minReplicas} is greater than maxReplicas ${maxReplicas}.`,
      hint: 'Write a maxReplicas that is at least minReplicas.',
    },
  ];
}

/** A Deployment and a DaemonSet replace their pods in different ways. */
export function strategyProblems(strategy: HelmValues = {}, kind = 'Deployment'): PlacedProblem[] {
  const { type = 'RollingUpdate', rollingUpdate } = strategy;
  const types = kind === 'DaemonSet' ? ['RollingUpdate', 'OnDelete'] : ['RollingUpdate', 'Recreate'];
  if (type !== null && !types.includes(String(type))) {
    const message = `A ${kind} does not know the strategy ${type}.`;
    return [{ at: ['strategy', 'type'], message, hint: `Write ${types.join(' or ')}.` }];
  }
  if (type === 'RollingUpdate' || type === null || rollingUpdate === undefined || rollingUpdate === null)
    return [];
  const message = `The strategy ${type} has no rollingUpdate.`;
  return [{ at: ['strategy', 'rollingUpdate'], message, hint: 'Remove it, or write type: RollingUpdate.' }];
}

/** What a chart writes into a pod beside the parts of the user. */
export interface ChartVolumes {
  readonly names: readonly string[];
  readonly mountPaths: readonly string[];
}

/** The names in a pod are unique, and its containers mount only volumes that it has. */
export function podPartProblems(
  settings: GatewayPodDefinition,
  chart: ChartVolumes = { names: [], mountPaths: [] },
): PlacedProblem[] {
  const values = settings as unknown as HelmValues;
  const parts = (key: keyof GatewayPodDefinition): Part[] => entriesAt(values, [key]);
  const [volumes, mounts] = [parts('volumes'), parts('volumeMounts')];
  const containers = [...parts('initContainers'), ...parts('additionalContainers')];
  const names = new Set([...volumes.map(({ entry }) => String(entry.name)), ...chart.names]);
  return [
    ...repeatedParts(volumes, 'name', chart.names, 'volume'),
    ...repeatedParts(containers, 'name', ['istio-proxy'], 'container'),
    ...repeatedParts(mounts, 'mountPath', chart.mountPaths, 'volume'),
    ...parts('envVarFrom')
      .filter(({ entry }) => !entry.name)
      .map(({ path }) => ({
        at: path,
        message: 'The variable has no name.',
        hint: 'Add name: with a value.',
      })),
    ...[...mounts, ...mountsOf(containers)]
      .filter(({ entry }) => entry.name && !names.has(String(entry.name)))
      .map(({ entry, path }) => ({
        at: [...path, 'name'],
        message: `The pod has no volume ${entry.name}.`,
        hint: `Add it to volumes${names.size === 0 ? '' : `, or write one of ${[...names].join(', ')}`}.`,
      })),
  ];
}
