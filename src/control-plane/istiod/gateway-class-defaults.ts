import type { HelmValues } from '../../mesh/helm-values';
import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { yamlText } from '../yaml-text';
import { namespaced, revisionLabel } from './naming';

/**
 * What istiod lays over the objects that it makes for Gateways of a class, by kind.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export function gatewayClassDefaults(input: ControlPlaneInput): readonly KubernetesObject[] {
  return Object.entries(input.values.gatewayClasses).map(([gatewayClass, overlays]) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    // Other than elsewhere, the default revision has a name here.
    metadata: namespaced(`istio-${input.revision}-gatewayclass-${gatewayClass}`, input, {
      ...revisionLabel(input),
      'gateway.istio.io/defaults-for-class': gatewayClass,
    }),
    data: Object.fromEntries(
      Object.entries(overlays as HelmValues).map(([kind, overlay]) => [kind, yamlText(overlay)]),
    ),
  }));
}
