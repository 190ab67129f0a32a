import type { KubernetesObject, ObjectMetadata } from '../../kubernetes/object';
import { ztunnelDaemonSet } from '../../mesh/ztunnel';
import type { ZtunnelInput } from './ztunnel-values';

/** The name of the container in its pods. */
export const ztunnelContainer = 'istio-proxy';

/** The label of the pods, by which Istio's tools find them. */
export const ztunnelPods = { app: 'ztunnel' } as const;

/** The name of the objects. */
export function ztunnelName({ values }: ZtunnelInput): string {
  return values.resourceName || ztunnelDaemonSet;
}

/** The metadata of an object in the namespace of ztunnel. */
export function namespaced(input: ZtunnelInput): ObjectMetadata {
  const { namespace, values } = input;
  return { name: ztunnelName(input), namespace, labels: values.labels };
}

/** The annotations of objects other than pods. */
export function annotations({
  values,
}: ZtunnelInput): NonNullable<KubernetesObject['metadata']['annotations']> {
  return { ...values.annotations, ...revisionAnnotation(values) };
}

/** The revision that the user has named. */
export function revisionAnnotation({ revision }: ZtunnelInput['values']): Record<string, string> {
  return revision === '' ? {} : { 'istio.io/rev': revision };
}

/** The Service of the istiod that ztunnel is connected to. */
export function istiodAddress({ values }: ZtunnelInput): string {
  const { revision, istioNamespace } = values;
  return `${revision === '' ? 'istiod' : `istiod-${revision}`}.${istioNamespace}.svc:15012`;
}
