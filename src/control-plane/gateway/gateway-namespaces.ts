import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import type { GatewayNamespace, GatewaySettings } from '../../mesh/gateways/gateway-settings';
import { podSecurityLabels } from '../../mesh/pod-security';

/** The namespaces that gateways need and nothing else creates. */
export function gatewayNamespaces(gateways: readonly GatewaySettings[]): readonly KubernetesObject[] {
  const byName = new Map<string, GatewaySettings[]>();
  for (const gateway of gateways) {
    const { name } = gateway.namespace;
    byName.set(name, [...(byName.get(name) ?? []), gateway]);
  }
  return [...byName.values()]
    .filter((users) => users.every(({ namespace }) => namespace.create === 'enabled'))
    .map(namespaceOf);
}

function namespaceOf(users: readonly GatewaySettings[]): KubernetesObject {
  const own = users.map(({ namespace }) => namespace);
  const name = own[0]?.name as string;
  const labels = {
    ...podSecurityLabels(users.every(isRestricted) ? 'restricted' : undefined),
    ...merged(own, 'labels'),
  };
  const annotations = ifSet(merged(own, 'annotations'));
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: ifSet(labels), annotations } };
}

function merged(namespaces: readonly GatewayNamespace[], field: 'labels' | 'annotations') {
  return Object.assign({}, ...namespaces.map((namespace) => namespace[field])) as Record<string, string>;
}

/** Whether a hardened gateway has the pods of Istio's chart, without parts of the user that may need more rights. */
function isRestricted({ security, values }: GatewaySettings): boolean {
  const own = [
    values.securityContext,
    values.containerSecurityContext,
    values.initContainers,
    values.additionalContainers,
    values.volumes,
  ];
  return security === 'hardened' && own.every((part) => ifSet(part) === undefined);
}
