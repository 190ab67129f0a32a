import type { KubernetesObject } from '../../kubernetes/object';
import type { GatewayComponent } from '../../mesh/components/gateway-components';
import { proxyContainer, withSettings } from '../components/kubernetes-settings';
import type { ControlPlaneInput } from '../input';
import { chartGateway } from './chart-gateway';
import type { Gateway } from './gateway';
import { gatewayObjects } from './gateway-objects';

/** The objects of a gateway of a control plane by purpose, with the `k8s` of its component, and the labels of its pods. */
export function chartGatewayObjects(
  input: ControlPlaneInput,
  component: GatewayComponent,
): Pick<Gateway, 'labels'> & { readonly objects: Readonly<Record<string, KubernetesObject>> } {
  const gateway = chartGateway(input, component);
  const objects = gatewayObjects(gateway);
  if (!component.component?.k8s) return { labels: gateway.labels, objects };
  const target = { workload: 'Deployment', name: gateway.name, container: proxyContainer } as const;
  const changed = withSettings(Object.values(objects), component.component, target);
  return {
    labels: gateway.labels,
    objects: Object.fromEntries(
      Object.keys(objects).map((id, index) => [id, changed[index] as KubernetesObject]),
    ),
  };
}
