import type { KubernetesObject } from '@kubernetes/client-node';
import { eastWestGatewayClass, hbonePort, networkLabel } from '../../mesh/istio-names';
import type { Cluster } from '../../mesh/mesh';
import { type GatewayObjects, podsAndType, readGateway } from '../gateway-objects';
import { externalAddresses } from '../gateway-service';
import type { LiveCluster } from '../live-cluster';
import { lasting, passing, type UnlocatedProblem } from '../live-problem';
import type { GatewayObservation } from '../observation';
import { isPodReady } from '../observe-pods';

/** A Gateway of the Gateway API, as the API server returns it. */
export interface LiveGateway extends KubernetesObject {
  readonly spec?: {
    readonly gatewayClassName?: string;
    readonly listeners?: readonly { readonly port?: number; readonly protocol?: string }[];
  };
  readonly status?: {
    readonly addresses?: readonly { readonly value?: string }[];
    readonly conditions?: readonly GatewayCondition[];
  };
}

interface GatewayCondition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

/** Observes the east-west gateway of ambient mode; undefined if the cluster has none, by its definition. */
export async function observeAmbientGateway(
  live: LiveCluster,
  cluster: Cluster,
): Promise<GatewayObservation | undefined> {
  const { ambientGateway } = cluster;
  if (ambientGateway === undefined) return undefined;
  const { name } = ambientGateway;
  const namespace = ambientGateway.namespace.name;
  const [gateway, objects] = await Promise.all([
    readLiveGateway(live, name, namespace),
    readGateway(live, { name, namespace }),
  ]);
  return {
    ...podsAndType(objects),
    addresses: addressesOf(gateway),
    problems: ambientGatewayProblems(cluster, gateway, objects),
  };
}

/** Undefined also if the cluster has no Gateway API. */
export function readLiveGateway(
  live: LiveCluster,
  name: string,
  namespace: string,
): Promise<LiveGateway | undefined> {
  return live.read<LiveGateway>({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    name,
    namespace,
  });
}

function addressesOf(gateway: LiveGateway | undefined): string[] {
  return (gateway?.status?.addresses ?? []).flatMap(({ value }) => value ?? []);
}

/** What keeps ztunnel and waypoints of other networks from entering through a Gateway. */
export function ambientGatewayProblems(
  { name: cluster, network, ambientGateway }: Cluster,
  gateway: LiveGateway | undefined,
  objects: GatewayObjects,
): UnlocatedProblem[] {
  const title = `Gateway ${ambientGateway?.namespace.name}/${ambientGateway?.name} of ${cluster}`;
  const apply = `Apply 41-ambient-eastwest-gateway.k8s.yaml of ${cluster}`;
  if (gateway === undefined) {
    const message = `${title} does not exist, so other networks do not reach its pods in ambient mode.`;
    return [lasting(message, `${apply}, after the definitions of the Gateway API.`)];
  }
  return [...specProblems(title, gateway, { network, apply }), ...statusProblems(title, gateway, objects)];
}

function specProblems(
  title: string,
  { metadata, spec }: LiveGateway,
  { network, apply }: { readonly network: string; readonly apply: string },
): UnlocatedProblem[] {
  const label = metadata?.labels?.[networkLabel];
  const isHbone = spec?.listeners?.some(({ port, protocol }) => port === hbonePort && protocol === 'HBONE');
  const found = [
    spec?.gatewayClassName === eastWestGatewayClass
      ? undefined
      : `${title} has the class ${spec?.gatewayClassName}, not ${eastWestGatewayClass}.`,
    isHbone ? undefined : `${title} has no listener with port ${hbonePort} and protocol HBONE.`,
    label === network
      ? undefined
      : `${title} has ${label === undefined ? 'no label' : `the label ${label} as`} ${networkLabel}, but the network of the cluster in mesh.yaml is ${network}.`,
  ];
  return found
    .filter((message) => message !== undefined)
    .map((message) => lasting(`${message} The other clusters do not find the gateway.`, `${apply}.`));
}

function statusProblems(title: string, gateway: LiveGateway, objects: GatewayObjects): UnlocatedProblem[] {
  const { name = '', namespace = '' } = gateway.metadata ?? {};
  const describe = `Run kubectl -n ${namespace} describe gateway ${name}`;
  const conditions = gateway.status?.conditions ?? [];
  const refused = conditions.find(({ type, status }) => type === 'Accepted' && status !== 'True');
  if (conditions.length === 0 || refused !== undefined) {
    const reason = refused?.message === undefined ? '' : ` ${sentence(refused.message)}`;
    const message = `istiod has not accepted ${title}.${reason}`;
    return [
      passing(
        message,
        `${describe}, and check that istiod of this cluster runs with AMBIENT_ENABLE_MULTI_NETWORK=true.`,
      ),
    ];
  }
  const { readiness, pods } = objects;
  if (!pods.some(isPodReady) || readiness?.obstacle !== undefined) {
    const reason = readiness?.obstacle === undefined ? '' : ` ${readiness.obstacle.reason}`;
    const hint = `Run kubectl -n ${namespace} describe pods -l gateway.networking.k8s.io/gateway-name=${name} to see why.`;
    const mayPass = readiness?.obstacle?.mayPass ?? true;
    return [{ message: `${title} has no ready pod.${reason}`, hint, mayPass }];
  }
  // Without an external address, istiod reports the address of the Service in the cluster.
  const external = objects.service === undefined ? [] : externalAddresses(objects.service);
  if (external.length === 0 || addressesOf(gateway).length === 0) {
    return [
      passing(
        `${title} has no address, so the other clusters do not use it.`,
        `Run kubectl -n ${namespace} describe service ${name} and read the events of the cloud provider.`,
      ),
    ];
  }
  const programmed = conditions.find(({ type }) => type === 'Programmed');
  if (programmed === undefined || programmed.status === 'True') return [];
  return [
    passing(`${title} is not programmed. ${sentence(programmed.message ?? '')}`.trim(), `${describe}.`),
  ];
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || trimmed.endsWith('.') ? trimmed : `${trimmed}.`;
}
