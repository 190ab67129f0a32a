import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import type { GatewayNamespace } from '../../mesh/gateways/namespace';
import type { GatewayPodDefinition } from '../../mesh/gateways/pod-settings';
import type { Cluster, Mesh } from '../../mesh/mesh';
import { podSecurityLabels } from '../../mesh/pod-security';

/** A gateway in a namespace, and whether its pods have the Pod Security level restricted. */
interface NamespaceUser {
  readonly namespace: GatewayNamespace;
  readonly isRestricted: boolean;
}

/** The namespaces that the gateways of a cluster need and nothing else creates. */
export function gatewayNamespaces(mesh: Mesh, cluster: Cluster): readonly KubernetesObject[] {
  const byName = new Map<string, NamespaceUser[]>();
  for (const user of namespaceUsers(mesh, cluster)) {
    const { name } = user.namespace;
    byName.set(name, [...(byName.get(name) ?? []), user]);
  }
  return [...byName.values()]
    .filter((users) => users.every(({ namespace }) => namespace.create === 'enabled'))
    .map(namespaceOf);
}

function namespaceUsers({ security, istio }: Mesh, cluster: Cluster): NamespaceUser[] {
  const { eastWestGateway, ambientGateway, gateways } = cluster;
  const isHardened = security === 'hardened';
  return [
    ...(eastWestGateway === undefined
      ? []
      : [
          {
            namespace: eastWestGateway.namespace,
            isRestricted: isHardened && hasPodsOfIstio(eastWestGateway),
          },
        ]),
    ...(ambientGateway === undefined
      ? []
      : [
          {
            namespace: ambientGateway.namespace,
            // istioctl does not pass the seccomp profile to gateways.
            isRestricted: isHardened && istio.controlPlane !== 'operator' && hasPodsOfIstio(ambientGateway),
          },
        ]),
    ...gateways.map(({ namespace, values }) => ({
      namespace,
      isRestricted: isHardened && hasPodsOfIstio(values),
    })),
  ];
}

function namespaceOf(users: readonly NamespaceUser[]): KubernetesObject {
  const own = users.map(({ namespace }) => namespace);
  const name = own[0]?.name as string;
  const labels = {
    ...podSecurityLabels(users.every(({ isRestricted }) => isRestricted) ? 'restricted' : undefined),
    ...merged(own, 'labels'),
  };
  const annotations = ifSet(merged(own, 'annotations'));
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: ifSet(labels), annotations } };
}

function merged(namespaces: readonly GatewayNamespace[], field: 'labels' | 'annotations') {
  return Object.assign({}, ...namespaces.map((namespace) => namespace[field])) as Record<string, string>;
}

/** Whether the pods of a gateway have no parts of the user, which may need more rights. */
function hasPodsOfIstio(pods: GatewayPodDefinition): boolean {
  const own = [
    pods.securityContext,
    pods.containerSecurityContext,
    pods.initContainers,
    pods.additionalContainers,
    pods.volumes,
  ];
  return own.every((part) => ifSet(part) === undefined);
}
