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

function isNone(value: unknown): boolean {
  return /^0+%?$/.test(String(value));
}
