import { eastWestGatewayLabels, eastWestGatewayName } from '../istio-names';
import { gatewayNames, mapAt, type ValueCondition, type ValueProblem } from './effective-values';

/** A gateway in Istio's values is beside istiod and the east-west gateway, in the same namespace. */
export const ownGatewayName: ValueCondition = (values) =>
  gatewayNames.flatMap((gateway): ValueProblem[] => {
    const path = ['gateways', gateway];
    const { name } = mapAt(values, path);
    const label = mapAt(values, [...path, 'labels']).istio;
    return [
      ...(isTaken(String(name))
        ? [
            {
              values: [[...path, 'name']],
              message: `The name ${name} is that of another Service in istio-system.`,
              hint: `Write another name, such as ${gateway}.`,
            },
          ]
        : []),
      ...(label === eastWestGatewayLabels.istio
        ? [
            {
              values: [[...path, 'labels', 'istio']],
              message: `The label istio: ${label} selects the east-west gateway, whose traffic this gateway would get.`,
              hint: 'Write another value.',
            },
          ]
        : []),
    ];
  });

function isTaken(name: string): boolean {
  return name === eastWestGatewayName || /^istiod(-|$)/.test(name);
}
