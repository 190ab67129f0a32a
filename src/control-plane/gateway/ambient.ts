import { defined, ifSet, type KubernetesObject } from '../../kubernetes/object';
import type { AmbientGatewaySettings } from '../../mesh/gateways/ambient-gateway';
import {
  defaultRevision,
  eastWestGatewayClass,
  hbonePort,
  networkLabel,
  revisionLabel,
} from '../../mesh/istio-names';
import type { Cluster } from '../../mesh/mesh';
import { gatewayPolicy } from './gateway-policy';
import { deployedObjects } from './managed-gateway-overlays';

/** The settings of an east-west gateway of ambient mode that follow from its cluster. */
export interface AmbientGatewayContext {
  readonly network: string;
  readonly revision?: string;
  readonly disruptionBudget?: 'enabled' | 'disabled';
  readonly networkPolicy?: 'enabled' | 'disabled';
}

/** The objects of an east-west gateway of ambient mode, by purpose. istiod creates all others. */
export function ambientGatewayObjects(
  settings: AmbientGatewaySettings,
  context: AmbientGatewayContext,
): Readonly<Record<string, KubernetesObject>> {
  const parameters = parametersOf(settings, context);
  return defined({
    parameters,
    gateway: gateway(settings, context, parameters),
    'network-policy': networkPolicy(settings, context),
  });
}

/** The east-west gateway of ambient mode of a cluster. */
export function clusterAmbientGateway(
  { network, istio }: Cluster,
  settings: AmbientGatewaySettings,
): Readonly<Record<string, KubernetesObject>> {
  const { networkPolicy, defaultPodDisruptionBudget } = (istio.values.global ?? {}) as Readonly<
    Record<string, { readonly enabled?: boolean } | undefined>
  >;
  return ambientGatewayObjects(settings, {
    network,
    revision: istio.revision,
    disruptionBudget: defaultPodDisruptionBudget?.enabled === false ? 'disabled' : 'enabled',
    networkPolicy: networkPolicy?.enabled === true ? 'enabled' : 'disabled',
  });
}

function gateway(
  { name, namespace, labels, service }: AmbientGatewaySettings,
  { network, revision = defaultRevision }: AmbientGatewayContext,
  parameters: KubernetesObject | undefined,
): KubernetesObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name,
      namespace: namespace.name,
      // istiod copies them to all objects that it creates.
      labels: {
        ...labels,
        [networkLabel]: network,
        ...(revision === defaultRevision ? {} : { [revisionLabel]: revision }),
      },
      annotations:
        service.type === 'LoadBalancer' ? undefined : { 'networking.istio.io/service-type': service.type },
    },
    spec: {
      gatewayClassName: eastWestGatewayClass,
      infrastructure: parameters && {
        parametersRef: { group: '', kind: 'ConfigMap', name: parameters.metadata.name },
      },
      listeners: [
        {
          name: 'mesh',
          port: hbonePort,
          protocol: 'HBONE',
          tls: { mode: 'Terminate', options: { 'gateway.istio.io/tls-terminate-mode': 'ISTIO_MUTUAL' } },
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
    },
  };
}

/** What istiod merges over the objects that it creates. Undefined if they are as istiod writes them. */
function parametersOf(
  settings: AmbientGatewaySettings,
  { disruptionBudget = 'enabled' }: AmbientGatewayContext,
): KubernetesObject | undefined {
  const data = ifSet(deployedObjects(settings, disruptionBudget));
  if (data === undefined) return undefined;
  const { name, namespace } = settings;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}-parameters`, namespace: namespace.name },
    data,
  };
}

function networkPolicy(
  { name, namespace, labels }: AmbientGatewaySettings,
  context: AmbientGatewayContext,
): KubernetesObject | undefined {
  if (context.networkPolicy !== 'enabled') return undefined;
  return gatewayPolicy(
    { name, namespace: namespace.name, labels: ifSet(labels) },
    { 'gateway.networking.k8s.io/gateway-name': name },
    [{ port: hbonePort }],
  );
}
