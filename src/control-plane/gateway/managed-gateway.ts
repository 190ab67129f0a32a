import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import { defaultRevision, hbonePort, revisionLabel } from '../../mesh/istio-names';
import { deployedObjects, type ManagedGatewaySettings } from './managed-gateway-overlays';

/** A Gateway of the Gateway API for HBONE, which istiod deploys. */
export interface ManagedGateway {
  readonly name: string;
  readonly namespace: string;
  readonly gatewayClass: string;
  /** istiod copies them to all objects that it creates. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of the listener for HBONE. */
  readonly listener: object;
  readonly revision?: string;
  readonly disruptionBudget?: 'enabled' | 'disabled';
  readonly settings: ManagedGatewaySettings;
}

/** A Gateway, and the ConfigMap with its settings; undefined without settings. */
export function managedGateway(gateway: ManagedGateway): {
  readonly parameters: KubernetesObject | undefined;
  readonly gateway: KubernetesObject;
} {
  const { name, namespace, labels, revision = defaultRevision, listener } = gateway;
  const parameters = parametersOf(gateway);
  const ofRevision: ManagedGateway['labels'] =
    revision === defaultRevision ? {} : { [revisionLabel]: revision };
  return {
    parameters,
    gateway: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: {
        name,
        namespace,
        labels: ifSet({ ...labels, ...ofRevision }),
        annotations: gateway.annotations,
      },
      spec: {
        gatewayClassName: gateway.gatewayClass,
        infrastructure: parameters && {
          parametersRef: { group: '', kind: 'ConfigMap', name: parameters.metadata.name },
        },
        listeners: [{ name: 'mesh', port: hbonePort, protocol: 'HBONE', ...listener }],
      },
    },
  };
}

/** A listener for routes of some namespaces, as the API server stores it. */
export function routesFrom(namespaces: 'Same' | 'All'): object {
  return { allowedRoutes: { namespaces: { from: namespaces } } };
}

/** What istiod merges over the objects that it creates. */
function parametersOf({ name, namespace, settings, disruptionBudget = 'enabled' }: ManagedGateway) {
  const data = ifSet(deployedObjects(settings, disruptionBudget));
  if (data === undefined) return undefined;
  const metadata = { name: `${name}-parameters`, namespace };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } satisfies KubernetesObject;
}
