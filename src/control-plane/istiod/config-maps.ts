import { given, inOrder, type KubernetesObject } from '../../kubernetes/object';
import { yamlText } from '../../kubernetes/yaml';
import type { HelmValues } from '../../mesh/helm-values';
import { withRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../input';
import { namespaced, revisionLabel } from './naming';

/** A ConfigMap of one control plane. */
export function configMap(
  name: string,
  input: ControlPlaneInput,
  data: Readonly<Record<string, string>>,
): KubernetesObject {
  const metadata = namespaced(withRevision(name, input.revision), input, revisionLabel(input));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
}

/** Data as JSON with its keys in order, so that equal data are equal bytes. */
export function jsonText(data: unknown): string {
  return JSON.stringify(sorted(data), undefined, 2);
}

function sorted(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(sorted);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(inOrder({ ...data }).map(([key, value]) => [key, sorted(value)]));
}

/** The name of the ConfigMap of {@link jwksRoots}, before its revision. */
export const jwksRootsName = 'pilot-jwks-extra-cacerts';

/** The root certificates that istiod trusts, beside those of its image, where it fetches keys of tokens. */
export function jwksRoots(input: ControlPlaneInput): readonly KubernetesObject[] {
  const roots = given(input.values.pilot.jwksResolverExtraRootCA);
  return roots === undefined ? [] : [configMap(jwksRootsName, input, { 'extra.pem': roots })];
}

/** The values themselves, for whoever debugs the cluster: nothing reads them. */
export function recordedValues(input: ControlPlaneInput): readonly KubernetesObject[] {
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
