import type { EastWestGatewayDefinition } from '../gateway';
import { textsOf } from '../gateways/texts';
import { eastWestGatewayLabels, networkLabel } from '../istio-names';
import { type ChartVolumes, podPartProblems, strategyProblems } from './gateway-pods';
import type { PlacedProblem } from './placed-problem';

/** The pods of an east-west gateway, as the API server and Istio accept them. */
export function eastWestPodProblems(
  gateway: EastWestGatewayDefinition,
  network: string,
  volumes: ChartVolumes = chartVolumes,
): PlacedProblem[] {
  return [
    ...labelProblems(gateway, { istio: eastWestGatewayLabels.istio, [networkLabel]: network }),
    ...strategyProblems(gateway.strategy),
    ...podPartProblems(gateway, volumes),
  ];
}

/** The Secrets that Istio's chart mounts into every gateway. */
const chartVolumes = {
  names: ['ingressgateway-certs', 'ingressgateway-ca-certs'],
  mountPaths: ['/etc/istio/ingressgateway-certs', '/etc/istio/ingressgateway-ca-certs'],
};

/** Labels that Istio sets on the pods. In the selector of the Deployment, another value would match no pod. */
const labelsOfIstio = [
  'istio.io/rev',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
  'sidecar.istio.io/inject',
];

function labelProblems(
  { labels }: EastWestGatewayDefinition,
  fixed: Readonly<Record<string, string>>,
): PlacedProblem[] {
  return Object.entries(textsOf(labels)).flatMap(([name, value]) => {
    const at = ['labels', name];
    if (labelsOfIstio.includes(name)) {
      return [{ at, message: `The label ${name} is one that Istio sets.`, hint: 'Remove it.' }];
    }
    if (!Object.hasOwn(fixed, name) || fixed[name] === value) return [];
    return [
      {
        at,
        message: `The label ${name} of the gateway is ${fixed[name]}: Istio finds the gateway by it.`,
        hint: 'Remove it. For a gateway with other labels, write one of gateways with networkGateway, and eastWestGateway: disabled.',
      },
    ];
  });
}
