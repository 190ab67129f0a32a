import type { EastWestGatewayDefinition } from '../gateway';
import type { ServicePortDefinition } from '../gateways/service-settings';
import { textsOf } from '../gateways/texts';
import type { HelmValues } from '../helm-values';
import { crossNetworkPort } from '../istio-names';
import { entriesAt } from './effective-values';
import type { PlacedProblem } from './placed-problem';
import { servicePortProblems } from './service-ports';

/** With this label of the Service, istiod of other clusters uses another port of the gateway. */
const portLabel = 'networking.istio.io/gatewayPort';

/** The ports of an east-west gateway's Service, as the API server and the pods accept them. */
export function eastWestPortProblems({
  service = {},
  labels,
  istiodPorts,
}: EastWestGatewayDefinition): PlacedProblem[] {
  const { ports, type } = service;
  if (ports === undefined) return [];
  const entries = entriesAt({ ports } as unknown as HelmValues, ['ports']);
  const found = [
    ...servicePortProblems(entries, type),
    ...ports.flatMap(targetProblems),
    ...entranceProblems(ports, textsOf(labels)[portLabel]),
  ].map(({ at, ...problem }) => ({ at: ['service', ...at], ...problem }));
  if (istiodPorts === undefined) return found;
  return [
    ...found,
    {
      at: ['istiodPorts'],
      message: 'The ports of the Service are those of service.ports, so istiodPorts has no effect.',
      hint: 'Remove istiodPorts, and list the ports 15012 and 15017 in service.ports if you need them.',
    },
  ];
}

/** The container ports follow from those of the Service, so that they have no names and need no root. */
function targetProblems({ port, targetPort }: ServicePortDefinition, index: number): PlacedProblem[] {
  const at = ['ports', index, ...(targetPort ? ['targetPort'] : [])];
  if (typeof targetPort === 'string') {
    const message = `The pods have no port with the name ${targetPort}.`;
    return [{ at, message, hint: `Write a number, such as ${crossNetworkPort}.` }];
  }
  if (Number(targetPort || port) >= 1024) return [];
  const message = `The pods would listen on the port ${targetPort || port}, for which they need root.`;
  return [{ at, message, hint: 'Write a targetPort from 1024 on.' }];
}

/** Other networks enter through this port of the pods. */
function entranceProblems(
  ports: readonly ServicePortDefinition[],
  label: string | undefined,
): PlacedProblem[] {
  const entrance = Number(label ?? crossNetworkPort);
  const isEntrance = ({ port, targetPort, protocol }: ServicePortDefinition) =>
    port === entrance && Number(targetPort || port) === crossNetworkPort && (protocol || 'TCP') === 'TCP';
  if (ports.some(isEntrance)) return [];
  const what = label === undefined ? '' : `, as the label ${portLabel} says`;
  return [
    {
      at: ['ports'],
      message: `Other networks enter through port ${entrance} of the Service${what}, but no port ${entrance} leads to port ${crossNetworkPort} of the pods.`,
      hint: `Add { name: tls, port: ${entrance}, targetPort: ${crossNetworkPort} }.`,
    },
  ];
}
