import type { ControlPlaneInput } from '../control-plane-input';
import { given } from '../given';
import type { KubernetesObject } from '../kubernetes-object';
import { configMap } from './config-map';

/** The name of the ConfigMap of {@link jwksRoots}, before its revision. */
export const jwksRootsName = 'pilot-jwks-extra-cacerts';

/** The root certificates that istiod trusts, beside those of its image, where it fetches keys of tokens. */
export function jwksRoots(input: ControlPlaneInput): readonly KubernetesObject[] {
  const roots = given(input.values.pilot.jwksResolverExtraRootCA);
  return roots === undefined ? [] : [configMap(jwksRootsName, input, { 'extra.pem': roots })];
}
