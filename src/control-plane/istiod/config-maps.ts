import { ifSet, type KubernetesObject, sortedEntries } from '../../kubernetes/object';
import { yamlText } from '../../kubernetes/yaml';
import { withRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput, SharedInput } from '../input';
import { namespaced, revisionLabel } from './naming';

/** A ConfigMap of one control plane. */
export function configMap(
  name: string,
  input: SharedInput,
  data: Readonly<Record<string, string>>,
): KubernetesObject {
  const metadata = namespaced(withRevision(name, input.revision), input, revisionLabel(input));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

/** Data as JSON with sorted keys, so that equal data gives equal bytes. */
export function jsonText(data: unknown): string {
  return JSON.stringify(sorted(data), undefined, 2);
}

function sorted(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sorted);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(sortedEntries({ ...data }).map(([key, value]) => [key, sorted(value)]));
}

/** The name of the ConfigMap of {@link jwksRoots}, without the revision. */
export const jwksRootsName = 'pilot-jwks-extra-cacerts';

/** Additional root certificates that istiod trusts when it fetches JSON Web Key Sets. */
export function jwksRoots(input: SharedInput): readonly KubernetesObject[] {
  const roots = ifSet(input.values.pilot.jwksResolverExtraRootCA);
  return roots === undefined ? [] : [configMap(jwksRootsName, input, { 'extra.pem': roots })];
}

/** The values of the control plane, for debugging. Nothing reads them. */
export function valuesConfigMap(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { original, merged } = input.recorded;
  const recorded = configMap('values', input, {
    'original-values': jsonText(original),
    'merged-values': jsonText(merged),
  });
  const annotations = {
    'kubernetes.io/description':
      'The Helm values from which this control plane was made. They are kept for reading: changing them changes nothing.',
  };
  return [{ ...recorded, metadata: { ...recorded.metadata, annotations } }];
}

/**
 * Overlays for the objects that istiod creates for the Gateways of a class, by kind.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export function gatewayClassDefaults(input: SharedInput): readonly KubernetesObject[] {
  return Object.entries(input.values.gatewayClasses).map(([gatewayClass, overlays]) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    // Unlike in other names, the default revision is named here.
    metadata: namespaced(`istio-${input.revision}-gatewayclass-${gatewayClass}`, input, {
      ...revisionLabel(input),
      'gateway.istio.io/defaults-for-class': gatewayClass,
    }),
    data: Object.fromEntries(
      Object.entries(overlays ?? {}).map(([kind, overlay]) => [kind, yamlText(overlay)]),
    ),
  }));
}
