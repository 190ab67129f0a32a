import { defaultValidatorChart } from '../control-plane/istiod/validation-webhook';
import type { ObjectHead, PlainObject } from '../kubernetes/manifest';
import { caCertsSecretName, eastWestGatewayClass, istioSystem } from '../mesh/istio-names';
import type { GitOps } from '../mesh/mesh';

/**
 * Adds the annotations that the GitOps tool needs to an object: they set when it is applied, and protect it
 * from being pruned. Annotations that the object already has take precedence, so that users can override
 * them. Annotate an object before SOPS encrypts it, because its annotations cannot change afterwards.
 *
 * @param stage the stage of the object's chart
 */
export function annotateObject(object: PlainObject, stage: number, gitops: GitOps): PlainObject {
  const { metadata } = object;
  const annotations = annotationsOf(object, stage, gitops);
  if (Object.keys(annotations).every((key) => metadata.annotations?.[key] !== undefined)) return object;
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, ...metadata.annotations } } };
}

/** The annotations that a GitOps tool needs on an object. */
export function annotationsOf(object: ObjectHead, stage: number, { tool }: GitOps): Record<string, string> {
  const isProtected = isProtectedFromPruning(object, stage);
  if (tool === 'flux') return isProtected ? { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } : {};
  return {
    // istiod is in wave 0, the default: the objects of Istio's own charts have no annotation.
    'argocd.argoproj.io/sync-wave': `${waveStage(object, stage) - controlPlaneStage}`,
    ...(isProtected ? { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } : {}),
  };
}

/**
 * Argo CD does not start the next wave while an autoscaler has no metrics, or a load balancer or a Gateway has no address.
 * These objects are in the last wave, so that they do not block the mesh.
 */
function waveStage({ kind, spec }: ObjectHead, stage: number): number {
  const isLoadBalancer = kind === 'Service' && spec?.type === 'LoadBalancer';
  const isEastWestGateway = kind === 'Gateway' && spec?.gatewayClassName === eastWestGatewayClass;
  const waitsForOthers = kind === 'HorizontalPodAutoscaler' || isLoadBalancer || isEastWestGateway;
  return waitsForOthers ? lastStage + 1 : stage;
}

/**
 * Whether a GitOps tool must not delete an object when its file is removed: this would delete the whole mesh,
 * or a custom resource definition with all its resources.
 */
function isProtectedFromPruning({ kind, metadata }: ObjectHead, stage: number): boolean {
  if (kind === 'CustomResourceDefinition') return true;
  // The namespace of a gateway usually has Secrets with certificates that exist only there.
  if (kind === 'Namespace') return metadata.name === istioSystem || stage === namespaceStage;
  // The Secret, or the resource that a controller creates it from: it has the same name in every backend.
  return metadata.namespace === istioSystem && metadata.name === caCertsSecretName;
}

/** The stage of charts whose names have no number: they are applied after all others. */
const lastStage = 1000;

/** The stage of the namespaces of Istio and of its gateways. */
const namespaceStage = 10;

/** The stage in which istiod starts. */
export const controlPlaneStage = 30;

/**
 * The stage of a chart, from its path: 70 for cluster1/70-policies. Charts are applied in the order of these
 * numbers; charts without a number follow.
 */
export function stageOf(path: string): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  // Last for kubectl alone: GitOps tools apply no later stage before istiod answers.
  if (name === defaultValidatorChart) return controlPlaneStage;
  const number = /^\d+(?=-|$)/.exec(name)?.[0];
  return number === undefined ? lastStage : Math.min(Number(number), lastStage);
}
