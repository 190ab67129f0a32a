import type { ObjectMetadata } from '../../kubernetes/object';
import type { Account } from '../../kubernetes/role';
import { defaultRevision, withRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../input';

/** The name of istiod's Deployment, Service, accounts and what else each revision has of its own. */
export function istiodName({ revision }: Pick<ControlPlaneInput, 'revision'>): string {
  return withRevision('istiod', revision);
}

/** The name of what is in no namespace, where control planes of several namespaces must not collide. */
export function clusterWideName(name: string, { revision, values }: ControlPlaneInput): string {
  return `${withRevision(name, revision)}-${values.global.istioNamespace}`;
}

/** Marks what belongs to a revision; istioctl and istiod find it by this. */
export function revisionLabel({ revision }: Pick<ControlPlaneInput, 'revision'>): Record<string, string> {
  return { 'istio.io/rev': revision };
}

/** The labels of istiod's own objects. */
export function istiodLabels(input: ControlPlaneInput): Record<string, string> {
  return { app: 'istiod', istio: 'pilot', ...revisionLabel(input) };
}

/**
 * Selects the pods of one control plane. The label that istiod has without a revision is not on the pods
 * of revisions, so that neither selects those of the other.
 */
export function istiodPods(input: ControlPlaneInput): Record<string, string> {
  const own = input.revision === defaultRevision ? { istio: 'pilot' } : revisionLabel(input);
  return { app: 'istiod', ...own };
}

/** The metadata of an object in the control plane's namespace. */
export function namespaced(
  name: string,
  { values }: ControlPlaneInput,
  labels: Readonly<Record<string, string>>,
): ObjectMetadata {
  return { name, namespace: values.global.istioNamespace, labels };
}

/** The account that istiod runs as. */
export function istiodAccount(input: ControlPlaneInput): Account {
  return { name: istiodName(input), namespace: input.values.global.istioNamespace };
}
