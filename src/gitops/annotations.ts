import type { ObjectHead, PlainObject } from '../kubernetes/manifest';
import { caCertsSecretName, istioSystem } from '../mesh/istio-names';
import type { GitOps } from '../mesh/mesh';

/**
 * An object as an GitOps tool needs it: with annotations that say when it is applied, and whether
 * it may be removed again. Annotations that the object has already stay as they are, so that a user's own
 * win, and annotating twice changes nothing. Whatever is encrypted together with its annotations must be
 * annotated before.
 *
 * @param stage the stage of the object's chart
 * @param gitops the mesh's gitops; without one the object stays as it is
 */
export function annotated(object: PlainObject, stage: number, gitops: GitOps | undefined): PlainObject {
  if (gitops === undefined) return object;
  const { metadata } = object;
  const annotations = annotationsOf(object, stage, gitops);
  if (Object.keys(annotations).every((key) => metadata.annotations?.[key] !== undefined)) return object;
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, ...metadata.annotations } } };
}

/** The annotations that a GitOps tool needs on an object. */
export function annotationsOf(object: ObjectHead, stage: number, { tool }: GitOps): Record<string, string> {
  const kept = isKept(object);
  if (tool === 'flux') return kept ? { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } : {};
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
  // A Secret, or what it is made from, of the same name in every backend.
  return metadata.namespace === istioSystem && metadata.name === caCertsSecretName;
}

/** The stage of charts whose names begin with no number: they are for what everything else is there for. */
export const lastStage = 1000;

/** The stage in which istiod starts. */
export const controlPlaneStage = 30;

/**
 * The stage of a chart, out of its path: 70 for cluster1/70-policies. Names with a number come in the
 * order of their numbers, and then, as in a listing, those with none.
 */
export function stageOf(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const number = /^\d+(?=-|$)/.exec(name)?.[0];
  return number === undefined ? lastStage : Math.min(Number(number), lastStage);
}
