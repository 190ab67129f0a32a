import { defaultRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../control-plane-input';
import { isGiven } from '../given';
import type { KubernetesObject } from '../kubernetes-object';
import { tagInjectionWebhook } from './injection-webhook';
import { tagService } from './service';
import { tagValidator } from './validation-webhook';

/** The webhooks of the tags under which a revision is known besides its own name. */
export function revisionTagWebhooks(input: ControlPlaneInput): readonly KubernetesObject[] {
  return input.values.revisionTags.flatMap((tag) => tagInjectionWebhook(input, tag));
}

/** The Services of those tags. */
export function revisionTagServices(input: ControlPlaneInput): readonly KubernetesObject[] {
  return input.values.revisionTags.flatMap((tag) => tagService(input, tag));
}

/**
 * Makes a revision the one of pods and resources that name none, as `istioctl install` does with the
 * first revision of a cluster. Without a revision, istiod is that one already.
 *
 * @see https://istio.io/latest/docs/setup/upgrade/canary/#default-tag
 */
export function defaultTag(input: ControlPlaneInput): readonly KubernetesObject[] {
  const { revisionTags, defaultRevision: validatedBy } = input.values;
  if (input.revision === defaultRevision) return [];
  const tagged = revisionTags.includes(defaultRevision);
  return [
    ...(tagged ? [] : tagInjectionWebhook(input, defaultRevision)),
    ...(isGiven(validatedBy) ? [] : tagValidator(input, defaultRevision)),
    ...(tagged ? [] : tagService(input, defaultRevision)),
  ];
}
