import { createHash } from 'node:crypto';
import { claimsOf, timeOf } from './token';

/** The Secret with which a token of a ServiceAccount ends. */
export interface TokenSecret {
  readonly namespace: string;
  readonly name: string;
  /**
   * The UID that the Secret must have.
   * @default - any: the token is in the Secret itself, and a Secret of the same name gets the same token again
   */
  readonly uid?: string;
}

/**
 * The Secret whose deletion revokes a token; undefined if there is none. The API server checks two kinds of tokens
 * against a Secret: those that it has written into one, and those that were requested for one.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export function revokingSecret(token: string): TokenSecret | undefined {
  const claims = claimsOf(token) ?? {};
  const requested = claims['kubernetes.io'] as Claims | undefined;
  const { namespace, secret } = requested ?? {};
  if (isText(namespace) && isText(secret?.name) && isText(secret.uid)) {
    return { namespace, name: secret.name, uid: secret.uid };
  }
  const written = claims['kubernetes.io/serviceaccount/namespace'];
  const name = claims['kubernetes.io/serviceaccount/secret.name'];
  return isText(written) && isText(name) ? { namespace: written, name } : undefined;
}

/** The claims of a requested token that name its Secret. */
interface Claims {
  readonly namespace?: unknown;
  readonly secret?: { readonly name?: unknown; readonly uid?: unknown };
}

function isText(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '';
}

/** When a token was issued and when it expires; undefined if it does not expire. */
export function lifetimeOf(token: string): { readonly issued: Date; readonly expires: Date } | undefined {
  const { iat, exp } = claimsOf(token) ?? {};
  const expires = timeOf(exp);
  return expires && { issued: timeOf(iat) ?? expires, expires };
}

/** Identifies a token without revealing it, as the value of a label. */
export function tokenFingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 40);
}
