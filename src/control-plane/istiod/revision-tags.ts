import type { KubernetesObject } from '../../kubernetes/object';
import { defaultRevision } from '../../mesh/istio-names';
import type { SharedInput } from '../input';
import { tagInjectionWebhook } from './injection-webhook';
import { tagService } from './service';
import { tagValidator } from './validation-webhook';

/** The webhooks of the revision tags. */
export function revisionTagWebhooks(input: SharedInput): readonly KubernetesObject[] {
  return tags(input).flatMap((tag) => tagInjectionWebhook(input, tag));
}

/** The Services of the revision tags. */
export function revisionTagServices(input: SharedInput): readonly KubernetesObject[] {
  return tags(input).flatMap((tag) => tagService(input, tag));
}

/** The tags without the default tag, which is not part of a control plane. */
function tags({ values }: SharedInput): readonly string[] {
  return values.revisionTags.filter((tag) => tag !== defaultRevision);
}

/** Injects pods without a revision. */
export function defaultTagWebhook(input: SharedInput): readonly KubernetesObject[] {
  return tagInjectionWebhook(input, defaultRevision);
}

/** Validates resources without a revision. */
export function defaultTagValidator(input: SharedInput): readonly KubernetesObject[] {
  return input.values.global.configValidation ? tagValidator(input, defaultRevision) : [];
}

/** The Service of the default revision. */
export function defaultTagService(input: SharedInput): readonly KubernetesObject[] {
  return tagService(input, defaultRevision);
}
