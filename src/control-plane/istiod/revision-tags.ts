import { defaultRevision } from '../../mesh/istio-names';
import type { ControlPlaneInput } from '../control-plane-input';
import type { KubernetesObject } from '../kubernetes-object';
import { tagInjectionWebhook } from './injection-webhook';
import { tagService } from './service';

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
