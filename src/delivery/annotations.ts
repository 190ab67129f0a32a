import { caCertsSecretName, istioSystem } from '../mesh/istio-names';
import type { Delivery } from '../mesh/mesh';
import type { ObjectHead, PlainObject } from './manifest';
import { controlPlaneStage, lastStage } from './stage';

/**
 * An object as an engine of delivery needs it: with annotations that say when it is applied, and whether
 * it may be removed again. Annotations that the object has already stay as they are, so that a user's own
 * win, and annotating twice changes nothing. Whatever is encrypted together with its annotations must be
 * annotated before.
 *
 * @param stage the stage of the object's chart
 * @param delivery the mesh's delivery; without one the object stays as it is
 */
export function annotated(object: PlainObject, stage: number, delivery: Delivery | undefined): PlainObject {
  if (delivery === undefined) return object;
  const { metadata } = object;
  const annotations = annotationsOf(object, stage, delivery);
  if (Object.keys(annotations).every((key) => metadata.annotations?.[key] !== undefined)) return object;
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, ...metadata.annotations } } };
}

/** The annotations that an engine needs on an object. */
export function annotationsOf(
  object: ObjectHead,
  stage: number,
  { engine }: Delivery,
): Record<string, string> {
  const kept = isKept(object);
  if (engine === 'flux') return kept ? { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } : {};
  return {
    // What names no wave, such as the objects of Istio's own charts, is in wave 0: that of istiod.
    'argocd.argoproj.io/sync-wave': `${waveStage(object, stage) - controlPlaneStage}`,
    ...(kept ? { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } : {}),
  };
}

/**
 * Argo CD applies no later wave while an autoscaler lacks metrics, or a load balancer its address. Neither
 * must keep a mesh from coming up, so that they are last.
 */
function waveStage({ kind, spec }: ObjectHead, stage: number): number {
  const isLoadBalancer = kind === 'Service' && spec?.type === 'LoadBalancer';
  return kind === 'HorizontalPodAutoscaler' || isLoadBalancer ? lastStage + 1 : stage;
}

/**
 * Whether an object outlives its file: without it, a whole mesh would go, or a whole API with every
 * resource of it. That is a decision for somebody at the cluster, not for a commit.
 */
function isKept({ kind, metadata }: ObjectHead): boolean {
  if (kind === 'CustomResourceDefinition') return true;
  if (kind === 'Namespace') return metadata.name === istioSystem;
  // A Secret, or what it is made from, of the same name in every form.
  return metadata.namespace === istioSystem && metadata.name === caCertsSecretName;
}
