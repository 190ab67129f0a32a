import type { ObjectMetadata } from '../../kubernetes/object';
import type { Account } from '../../kubernetes/role';
import { defaultRevision, withRevision } from '../../mesh/istio-names';
import type { SharedInput } from '../input';

/** The name of the Deployment, the Service and other objects of one istiod. */
export function istiodName({ revision }: Pick<SharedInput, 'revision'>): string {
  return withRevision('istiod', revision);
}

/** The name of an object without a namespace, which contains the namespace of the control plane. */
export function clusterWideName(name: string, { revision, values }: SharedInput): string {
  return `${withRevision(name, revision)}-${values.global.istioNamespace}`;
}

/** The label of the objects of a revision, which istioctl and istiod select by. */
export function revisionLabel({ revision }: Pick<SharedInput, 'revision'>): Record<string, string> {
  return { 'istio.io/rev': revision };
}

/** The labels of the objects of istiod. */
export function istiodLabels(input: SharedInput): Record<string, string> {
  return { app: 'istiod', istio: 'pilot', ...revisionLabel(input) };
}

/**
 * Selects the pods of one control plane. Pods of the default revision have a label that pods of other
 * revisions lack, so that no selector matches the pods of another revision.
 */
export function istiodPods(input: SharedInput): Record<string, string> {
  const own = input.revision === defaultRevision ? { istio: 'pilot' } : revisionLabel(input);
  return { app: 'istiod', ...own };
}

/** The metadata of an object in the control plane's namespace. */
export function namespaced(
  name: string,
  { values }: SharedInput,
  labels: Readonly<Record<string, string>>,
): ObjectMetadata {
  return { name, namespace: values.global.istioNamespace, labels };
}

/** The service account of istiod. */
export function istiodAccount(input: SharedInput): Account {
  return { name: istiodName(input), namespace: input.values.global.istioNamespace };
}
