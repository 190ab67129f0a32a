import type { V1Deployment, V1EndpointSlice, V1Service, V1ServicePort } from '@kubernetes/client-node';
import { crossNetworkPort, networkLabel } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import { type NetworkGateway, networkGatewayOf } from '../mesh/network-gateway';
import type { GatewayObjects } from './gateway-objects';
import { hasLabels } from './label-selector';
import { lasting, passing, type UnlocatedProblem } from './live-problem';
import { isPodReady } from './observe-pods';

/** The addresses of a Service for other networks: IP addresses and host names. */
export function externalAddresses({ spec, status }: V1Service): string[] {
  const ingress = status?.loadBalancer?.ingress ?? [];
  return [...ingress.flatMap(({ ip, hostname }) => ip ?? hostname ?? []), ...(spec?.externalIPs ?? [])];
}

/** With this label of a Service, istiod of other clusters uses another port of the gateway. */
const portLabel = 'networking.istio.io/gatewayPort';

/** The port of a Service through which other networks enter, as istiod finds it. */
export function entrancePort(service: V1Service | undefined): number {
  const label = service?.metadata?.labels?.[portLabel] ?? '';
  return /^\d+$/.test(label) ? Number(label) : crossNetworkPort;
}

/** What prevents other networks from entering through the Service of a gateway. */
export function serviceProblems(cluster: Cluster, objects: GatewayObjects): UnlocatedProblem[] {
  const { name } = cluster;
  const gateway = networkGatewayOf(cluster);
  if (gateway === undefined) return [];
  const apply = `Apply ${gateway.chart}.k8s.yaml of ${name}`;
  const place: Place = { cluster: name, gateway, apply };
  if (objects.service === undefined) {
    return [lasting(`${name} has no east-west gateway, so other networks cannot reach it.`, `${apply}.`)];
  }
  return [
    ...podProblems(place, objects),
    ...selectorProblems(place, objects),
    ...portProblems(place, objects),
    ...labelProblems(cluster, place, objects.service),
    ...addressProblems(place, objects.service),
  ];
}

/** Where a gateway is, and what applies it again. */
interface Place {
  readonly cluster: string;
  readonly gateway: NetworkGateway;
  readonly apply: string;
}

function podProblems(
  { cluster, gateway, apply }: Place,
  { deployment, readiness, pods }: GatewayObjects,
): UnlocatedProblem[] {
  if (deployment === undefined) {
    const message = `The east-west gateway of ${cluster} has no Deployment ${gateway.namespace}/${gateway.name}.`;
    return [lasting(message, `${apply}.`)];
  }
  const obstacle = readiness?.obstacle;
  const isReady = pods.some(isPodReady);
  if (isReady && obstacle === undefined) return [];
  const message = [
    `The east-west gateway of ${cluster} has no ready pod${isReady ? ' of its newest version' : ''}.`,
    ...(obstacle ? [obstacle.reason] : []),
  ].join(' ');
  if (deployment.spec?.replicas === 0) {
    const scale = `kubectl -n ${gateway.namespace} scale deployment ${gateway.name} --replicas 1`;
    return [lasting(`${message} Its Deployment has 0 replicas.`, `Run ${scale}.`)];
  }
  const hint = `Run kubectl -n ${gateway.namespace} describe pods -l istio=${gateway.labels.istio} to see why.`;
  return [{ message, hint, mayPass: obstacle?.mayPass ?? true }];
}

/** Kubernetes writes the addresses of the pods that the selector matches into EndpointSlices. */
function selectorProblems(
  { cluster, gateway, apply }: Place,
  { service, slices, pods }: GatewayObjects,
): UnlocatedProblem[] {
  const ready = pods.filter(isPodReady);
  if (ready.length === 0) return [];
  const served = slices.flatMap(({ endpoints }) => endpoints ?? []).flatMap(({ addresses }) => addresses);
  if (ready.some(({ status }) => (status?.podIPs ?? []).some(({ ip }) => served.includes(ip)))) return [];
  const selector = service?.spec?.selector ?? {};
  const shown = Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const isMatch = ready.some(({ metadata }) => hasLabels(metadata?.labels, selector));
  const message = `Service ${gateway.namespace}/${gateway.name} of ${cluster} does not lead to the pods of the gateway: its EndpointSlices do not have their addresses.`;
  return shown !== '' && isMatch
    ? [
        passing(
          message,
          `Run kubectl -n ${gateway.namespace} get endpointslices, and check the controller manager.`,
        ),
      ]
    : [lasting(`${message} Its selector is ${shown || 'empty'}.`, `${apply}, which has the selector.`)];
}

function portProblems(
  { cluster, gateway, apply }: Place,
  { service, slices, deployment }: GatewayObjects,
): UnlocatedProblem[] {
  const ports = service?.spec?.ports ?? [];
  const where = `Service ${gateway.namespace}/${gateway.name} of ${cluster}`;
  const entrance = entrancePort(service);
  const port = ports.find((each) => each.port === entrance);
  if (port === undefined) {
    const open = ports.map((each) => each.port).join(', ') || 'no port';
    const message = `${where} does not open port ${entrance}, through which other networks enter. It opens ${open}.`;
    return [lasting(message, `${apply}, which has the port.`)];
  }
  if ((port.protocol ?? 'TCP') !== 'TCP') {
    return [lasting(`${where} opens port ${entrance} for ${port.protocol}, not TCP.`, `${apply}.`)];
  }
  const target = targetPort(port, slices, deployment);
  if (target === crossNetworkPort) return [];
  const message = `${where} sends port ${entrance} to port ${target ?? port.targetPort} of the pods, but the gateway listens on ${crossNetworkPort}.`;
  return [lasting(message, `${apply}, which has the target port.`)];
}

/** The number of the port of the pods; undefined if it is a name that the pods do not have. */
function targetPort(
  { name, port, targetPort: target = port }: V1ServicePort,
  slices: readonly V1EndpointSlice[],
  deployment: V1Deployment | undefined,
): number | undefined {
  if (typeof target === 'number') return target;
  if (/^\d+$/.test(target)) return Number(target);
  const containers = deployment?.spec?.template.spec?.containers ?? [];
  const declared = containers
    .flatMap(({ ports }) => ports ?? [])
    .find((each) => each.name === target)?.containerPort;
  const ports = slices.flatMap((slice) => slice.ports ?? []);
  return declared ?? ports.find((each) => (each.name ?? '') === (name ?? ''))?.port;
}

/** Without the label, istiod of the other clusters does not know that the Service is a gateway of the network. */
function labelProblems(
  { name, network }: Cluster,
  { gateway, apply }: Place,
  { metadata }: V1Service,
): UnlocatedProblem[] {
  const label = metadata?.labels?.[networkLabel];
  if (label === network) return [];
  const found =
    label === undefined ? `has no label ${networkLabel}` : `has the label ${networkLabel}=${label}`;
  const message = `Service ${gateway.namespace}/${gateway.name} of ${name} ${found}, but the network of ${name} in mesh.yaml is ${network}. The other clusters do not find the gateway.`;
  return [lasting(message, `${apply}, or fix network: of ${name} in mesh.yaml.`)];
}

function addressProblems({ cluster, gateway }: Place, service: V1Service): UnlocatedProblem[] {
  const type = service.spec?.type ?? 'ClusterIP';
  if (externalAddresses(service).length > 0) return [];
  if (type === 'LoadBalancer') {
    const message = `The load balancer of the east-west gateway of ${cluster} has no address.`;
    const hint = `Run kubectl -n ${gateway.namespace} describe service ${gateway.name} and read the events of the cloud provider.`;
    return [passing(message, hint)];
  }
  if (type === 'NodePort' && hasNodeSelector(service)) return [];
  const message = `Service ${gateway.namespace}/${gateway.name} of ${cluster} has the type ${type} and no address that other networks can reach.`;
  const hint =
    type === 'NodePort'
      ? `Set the annotation ${nodeSelectorAnnotation} in ${gateway.key}.service.annotations of ${cluster}, with the labels of the nodes that other networks can reach.`
      : `Set the type in ${gateway.key}.service of ${cluster} to LoadBalancer, then synthesize and apply.`;
  return [lasting(message, hint)];
}

/** istiod takes the external addresses of these nodes as those of the gateway. */
const nodeSelectorAnnotation = 'traffic.istio.io/nodeSelector';

function hasNodeSelector({ metadata }: V1Service): boolean {
  return metadata?.annotations?.[nodeSelectorAnnotation] !== undefined;
}
