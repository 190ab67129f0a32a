import type { ControlPlaneInput } from '../control-plane-input';
import { given, isGiven } from '../given';
import { istiodName } from './naming';

/** The port of istiod's Service behind which its webhooks answer. */
export const webhookPort = 443;

/** How the API server reaches the webhook with which istiod injects sidecars. */
export function injectionClient(input: ControlPlaneInput) {
  const { injectionURL, injectionPath, injectionCABundle } = input.values.istiodRemote;
  const where = isGiven(injectionURL)
    ? { url: injectionURL }
    : { service: { ...istiodService(input), path: injectionPath, port: webhookPort } };
  return { ...where, caBundle: given(injectionCABundle) };
}

/** How the API server reaches the webhook with which istiod validates configuration. */
export function validationClient(input: ControlPlaneInput) {
  const { validationURL, validationCABundle } = input.values.base;
  const where = isGiven(validationURL)
    ? { url: validationURL }
    : { service: { ...istiodService(input), path: '/validate' } };
  return { ...where, caBundle: given(validationCABundle) };
}

function istiodService(input: ControlPlaneInput) {
  return { name: istiodName(input), namespace: input.values.global.istioNamespace };
}
