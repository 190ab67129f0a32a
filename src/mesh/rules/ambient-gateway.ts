import { valueAt } from '../../problems/problem';
import { type DataPlane, dataPlaneOf, hasAmbient, hasSidecars } from '../data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import type { EastWestGatewayDefinition, ServiceDefinition } from '../gateway';
import { ambientServiceOf, sidecarPortLabel } from '../gateways/ambient-gateway';
import { eastWestGatewayOf } from '../gateways/east-west-source';
import { textsOf } from '../gateways/texts';
import type { HelmValues } from '../helm-values';
import { hbonePort } from '../istio-names';
import type { Rule } from './clusters';
import { eastWestPodProblems } from './east-west-pods';
import { entriesAt } from './effective-values';
import { nodeSelector } from './gateway-address';
import { amountProblems, isMeantAsLoadBalancer, scalingProblems, serviceTypeProblems } from './gateways';
import { eastWestProblem, type PlacedProblem, withoutRepeats } from './placed-problem';
import { servicePortProblems } from './service-ports';

/** What istiod deploys for the Gateways between networks is what Kubernetes accepts, and other networks can reach it. */
export const soundAmbientGateway: Rule = (mesh) => {
  const isOneNetwork = new Set(mesh.clusters.map(({ network }) => network)).size < 2;
  const problems = mesh.clusters.flatMap((cluster, index) => {
    const gateway = eastWestGatewayOf(cluster, mesh);
    if (gateway === undefined || Object.keys(gateway).length === 0) return [];
    const dataPlane = dataPlaneOf(mesh, cluster);
    const found = hasAmbient(dataPlane)
      ? [
          ...ambientGatewayProblems(gateway, { dataPlane, network: cluster.network }),
          ...(isOneNetwork ? [] : addressProblems(gateway, dataPlane)),
        ]
      : withoutAmbient(mesh, cluster);
    return found.map(eastWestProblem(mesh, index));
  });
  return withoutRepeats(problems);
};

/** The cluster of an east-west gateway of ambient mode. */
interface GatewayCluster {
  readonly dataPlane: DataPlane;
  readonly network: string;
}

/** The conflicts between the settings of an east-west gateway of ambient mode. */
export function ambientGatewayProblems(
  definition: EastWestGatewayDefinition,
  { dataPlane, network }: GatewayCluster,
): PlacedProblem[] {
  const gateway = { ...definition, service: ambientServiceOf(definition, dataPlane) };
  const ofService = [...serviceTypeProblems(gateway), ...portProblems(gateway.service)].map((problem) =>
    placed(problem, definition),
  );
  // What the gateway for sidecars has, too, is checked there.
  if (hasSidecars(dataPlane)) return ofService.filter(({ at: [first] }) => first === 'ambient');
  return [
    ...ofService,
    ...(gateway.autoscaling === undefined ? [] : scalingProblems(gateway)),
    ...amountProblems(gateway),
    ...eastWestPodProblems(gateway, network, volumesOfIstio),
    ...forSidecars(gateway),
  ];
}

/** A problem of the Service, where the definition has its setting. */
function placed({ at, ...problem }: PlacedProblem, { ambient }: EastWestGatewayDefinition): PlacedProblem {
  const isOfAmbient = valueAt(ambient, at.slice(0, 2)) !== undefined;
  return { at: isOfAmbient ? ['ambient', ...at] : at, ...problem };
}

/** The volumes of the pods that istiod deploys. */
export const volumesOfIstio = {
  names: [
    'go-proxy-data',
    'go-proxy-envoy',
    'istio-data',
    'istio-envoy',
    'istio-podinfo',
    'istio-token',
    'istiod-ca-cert',
    'workload-socket',
  ],
  mountPaths: [
    '/etc/istio/pod',
    '/etc/istio/proxy',
    '/var/lib/istio/data',
    '/var/run/secrets/istio',
    '/var/run/secrets/tokens',
    '/var/run/secrets/workload-spiffe-uds',
  ],
};

/** Other networks use the port 15008, and no other that the Service has. */
function portProblems({ ports, type }: ServiceDefinition): PlacedProblem[] {
  if (ports === undefined) return [];
  const isEntrance = ports.some(
    ({ port, targetPort, protocol }) =>
      port === hbonePort && (targetPort || port) === hbonePort && (protocol || 'TCP') === 'TCP',
  );
  const withoutEntrance = {
    at: ['service', 'ports'],
    message: `Other networks enter in ambient mode through port ${hbonePort}, but no port ${hbonePort} leads to port ${hbonePort} of the pods.`,
    hint: `Add { name: mesh, port: ${hbonePort} }.`,
  };
  const repeats = servicePortProblems(entriesAt({ ports } as unknown as HelmValues, ['ports']), type);
  return [
    ...repeats.map(({ at, ...problem }) => ({ at: ['service', ...at], ...problem })),
    ...(isEntrance ? [] : [withoutEntrance]),
  ];
}

/** ztunnel of other networks connects to the addresses in the status of the Gateway, always at port 15008. */
function addressProblems(definition: EastWestGatewayDefinition, dataPlane: DataPlane): PlacedProblem[] {
  const service = ambientServiceOf(definition, dataPlane);
  const { type = 'LoadBalancer', externalIPs = [], ports = [], annotations } = service;
  if (type === 'LoadBalancer' || externalIPs.length > 0) return [];
  if (isMeantAsLoadBalancer({ ...definition, service })) return [];
  const selector = { ...definition.annotations, ...annotations }[nodeSelector];
  const isOnNodes = ports.some(({ port, nodePort }) => port === hbonePort && nodePort === hbonePort);
  if (type === 'NodePort' && selector !== undefined && isOnNodes) return [];
  const problem = {
    at: ['service', 'type'],
    message: `ztunnel of other networks connects to port ${hbonePort} of the gateway, which a Service of type ${type} opens to no other network.`,
    hint: 'Write type: LoadBalancer, or add externalIPs.',
  };
  return [placed(problem, definition)];
}

/** Settings that only a gateway for sidecars has. */
function forSidecars({ istiodPorts, labels }: EastWestGatewayDefinition): PlacedProblem[] {
  const hasPort = textsOf(labels)[sidecarPortLabel] !== undefined;
  return [
    ...(istiodPorts === 'enabled'
      ? [
          {
            at: ['istiodPorts'],
            message: 'The gateway of ambient mode does not lead to istiod.',
            hint: 'Remove istiodPorts.',
          },
        ]
      : []),
    ...(hasPort
      ? [
          {
            at: ['labels', sidecarPortLabel],
            message: `In ambient mode other networks always enter through port ${hbonePort}, so the label ${sidecarPortLabel} has no effect.`,
            hint: 'Remove it.',
          },
        ]
      : []),
  ];
}

/** Settings of ambient mode in a cluster without it, unless another cluster has it. */
function withoutAmbient(
  mesh: AnyMeshDefinition,
  { name, eastWestGateway }: ClusterDefinition,
): PlacedProblem[] {
  const isOfCluster = valueAt(eastWestGateway, ['ambient']) !== undefined;
  const hasAny = mesh.clusters.some((cluster) => hasAmbient(dataPlaneOf(mesh, cluster)));
  if (!isOfCluster && (hasAny || mesh.eastWestGateway?.ambient === undefined)) return [];
  const place = isOfCluster ? name : 'any cluster';
  return [
    {
      at: ['ambient'],
      message: `dataPlane of ${place} is ${isOfCluster ? 'sidecar' : 'neither ambient nor both'}, so ambient has no effect.`,
      hint: 'Remove ambient, or write dataPlane: both.',
    },
  ];
}
