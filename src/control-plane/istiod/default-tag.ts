import { defaultRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { tagInjectionWebhook } from './injection-webhook';
import { tagService } from './service';
import { tagValidator } from './validation-webhook';

/** Injects the pods that name no revision. */
export function defaultTagWebhook(input: ControlPlaneInput): readonly KubernetesObject[] {
  return tagInjectionWebhook(input, defaultRevision);
}

/** Validates the resources that name no revision. */
export function defaultTagValidator(input: ControlPlaneInput): readonly KubernetesObject[] {
  return input.values.global.configValidation ? tagValidator(input, defaultRevision) : [];
}

/** The Service by which the default revision is reached, whichever it is. */
export function defaultTagService(input: ControlPlaneInput): readonly KubernetesObject[] {
  return tagService(input, defaultRevision);
}
