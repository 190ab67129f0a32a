import type { DefinitionPath } from '../../problems/problem';
import { gatewayNames, mapAt, type ValueCondition } from './effective-values';

/** The values of the Deployments that Istio's charts write. */
const deployments: readonly DefinitionPath[] = [['pilot'], ...gatewayNames.map((name) => ['gateways', name])];

/** An autoscaler cannot have a minimum above its maximum. With 0, the charts write no autoscaler. */
export const minimumWithinMaximum: ValueCondition = (values) =>
  deployments.flatMap((path) => {
    const { autoscaleEnabled, autoscaleMin, autoscaleMax } = mapAt(values, path);
    const [minimum, maximum] = [Number(autoscaleMin ?? 0), Number(autoscaleMax ?? 0)];
    if (!autoscaleEnabled || maximum === 0 || !(minimum > maximum)) return [];
    return [
      {
        values: [
          [...path, 'autoscaleMax'],
          [...path, 'autoscaleMin'],
        ],
        message: `autoscaleMin is ${minimum}, which is greater than autoscaleMax, ${maximum}.`,
        hint: `Write an autoscaleMax of at least ${minimum}, or a lower autoscaleMin.`,
      },
    ];
  });

/** A rolling update that may neither add a pod nor remove one would never move. */
export const movableRollout: ValueCondition = (values) =>
  deployments.flatMap((path) => {
    const { rollingMaxSurge, rollingMaxUnavailable } = mapAt(values, path);
    if (!isNone(rollingMaxSurge) || !isNone(rollingMaxUnavailable)) return [];
    return [
      {
        values: [
          [...path, 'rollingMaxUnavailable'],
          [...path, 'rollingMaxSurge'],
        ],
        message:
          'rollingMaxSurge and rollingMaxUnavailable are both 0, so a rollout could not replace any pod.',
        hint: 'Write a rollingMaxSurge or a rollingMaxUnavailable greater than 0.',
      },
    ];
  });

/**
 * A DaemonSet starts the new pod of a node before the old one ends, or after. The values of the chart decide for one of
 * the two, so that the other one also needs the opposite.
 */
export const oneWayOfReplacement: ValueCondition = (values) =>
  (['cni', 'ztunnel'] as const).flatMap((chart) => {
    const path = [chart, 'updateStrategy', 'rollingUpdate'];
    const { maxSurge = 0, maxUnavailable = 0 } = mapAt(values, path);
    const { type } = mapAt(values, [chart, 'updateStrategy']);
    if (type === 'OnDelete' || isNone(maxSurge) !== isNone(maxUnavailable)) return [];
    const both = isNone(maxSurge) ? 'both 0' : 'both greater than 0';
    return [
      {
        values: ['maxUnavailable', 'maxSurge'].map((field) => [...path, field]),
        message: `maxUnavailable and maxSurge are ${both}, which Kubernetes refuses in a DaemonSet.`,
        hint: 'Write 0 for one of the two, and a number greater than 0 for the other.',
      },
    ];
  });

function isNone(value: unknown): boolean {
  return /^0+%?$/.test(String(value));
}
