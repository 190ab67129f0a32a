import type { KubernetesObject } from '../../kubernetes/object';
import { defaultRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../input';
import { tagInjectionWebhook } from './injection-webhook';
import { tagService } from './service';
import { tagValidator } from './validation-webhook';

/** The webhooks of the tags under which a revision is known besides its own name. */
export function revisionTagWebhooks(input: ControlPlaneInput): readonly KubernetesObject[] {
  return tags(input).flatMap((tag) => tagInjectionWebhook(input, tag));
}

/** The Services of those tags. */
export function revisionTagServices(input: ControlPlaneInput): readonly KubernetesObject[] {
  return tags(input).flatMap((tag) => tagService(input, tag));
}

/** Without the default tag, which is no matter of one control plane alone. */
function tags({ values }: ControlPlaneInput): readonly string[] {
  return values.revisionTags.filter((tag) => tag !== defaultRevision);
}

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
