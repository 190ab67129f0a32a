import { type DefinitionPath, valueAt } from '../../problems/problem';
import { gatewayKinds } from '../components/gateway-components';
import { dataPlaneOf, hasSidecars } from '../data-plane';
import type { AnyMeshDefinition, ClusterDefinition } from '../definition';
import { eastWestGatewayOf, eastWestGatewayPath } from '../gateways/east-west-source';
import { mergedGateways } from '../gateways/gateway-settings';
import { type HelmValues, isMap } from '../helm-values';
import { istioOf } from '../istio';
import { networkComponentOf, serviceTypeOf } from '../network-gateway';
import { gatewayPath } from './gateway-settings';
import { isMeantAsLoadBalancer } from './gateways';

/** The Service of a gateway between networks, as a definition has it. */
export interface NetworkService {
  readonly type: string;
  readonly externalIPs: readonly unknown[];
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly typePath: DefinitionPath;
  readonly annotationPath: (name: string) => DefinitionPath;
}

/** The Services of a cluster's gateways between networks that have settings. */
export function networkServices(
  mesh: AnyMeshDefinition,
  cluster: ClusterDefinition,
  index: number,
): NetworkService[] {
  return [
    ...ofEastWestGateway(mesh, cluster, index),
    ...ofGateways(mesh, cluster, index),
    ...ofComponents(mesh, cluster, index),
  ];
}

function ofEastWestGateway(
  mesh: AnyMeshDefinition,
  cluster: ClusterDefinition,
  index: number,
): NetworkService[] {
  const gateway = eastWestGatewayOf(cluster, mesh);
  if (gateway?.service === undefined || !hasSidecars(dataPlaneOf(mesh, cluster))) return [];
  const { type = 'LoadBalancer', externalIPs = [], annotations } = gateway.service;
  const path = (...at: DefinitionPath) => eastWestGatewayPath(mesh, index, ['service', ...at]);
  return [
    {
      // Settings of a load balancer without the type are another problem, with the same hint.
      type: isMeantAsLoadBalancer(gateway) ? 'LoadBalancer' : type,
      externalIPs,
      annotations: { ...gateway.annotations, ...annotations },
      typePath: path('type'),
      annotationPath: (name) => path('annotations', name),
    },
  ];
}

function ofGateways(mesh: AnyMeshDefinition, cluster: ClusterDefinition, index: number): NetworkService[] {
  const gateways = Object.entries(mergedGateways(mesh.gateways, cluster.gateways));
  return gateways.flatMap(([key, { networkGateway, service, annotations }]) => {
    const type = service?.type ?? 'LoadBalancer';
    // Without a Service of its own, the gateway has one that the user writes.
    if (networkGateway !== cluster.network || type === 'None') return [];
    const path = (...at: DefinitionPath) => [...gatewayPath(mesh, index, key, at), ...at];
    return [
      {
        type,
        externalIPs: service?.externalIPs ?? [],
        annotations: { ...annotations, ...service?.annotations },
        typePath: path('service', 'type'),
        annotationPath: (name: string) =>
          service?.annotations?.[name] === undefined
            ? path('annotations', name)
            : path('service', 'annotations', name),
      },
    ];
  });
}

function ofComponents(mesh: AnyMeshDefinition, cluster: ClusterDefinition, index: number): NetworkService[] {
  const isOfCluster = cluster.istio?.components !== undefined;
  if (!isOfCluster && mesh.istio?.components === undefined) return [];
  const istio = istioOf(mesh, cluster);
  const gateway = networkComponentOf(istio, cluster.network);
  if (gateway === undefined) return [];
  const { kind, component } = gateway;
  const { components: list, values: key } = gatewayKinds[kind];
  const holder = cluster.istio?.components?.[list] === undefined ? [] : ['clusters', index];
  const position = (istio.components?.[list] ?? []).indexOf(component);
  const path = [...holder, 'istio', 'components', list, position, 'k8s'];
  const ofValues = valueAt(istio.values, ['gateways', key, 'serviceAnnotations']);
  const { service, serviceAnnotations } = component.k8s ?? {};
  return [
    {
      type: serviceTypeOf(istio, gateway),
      externalIPs: ((service as HelmValues | undefined)?.externalIPs as unknown[] | undefined) ?? [],
      annotations: { ...(isMap(ofValues) ? ofValues : {}), ...serviceAnnotations },
      typePath: [...path, 'service', 'type'],
      annotationPath: (name) => [...path, 'serviceAnnotations', name],
    },
  ];
}
