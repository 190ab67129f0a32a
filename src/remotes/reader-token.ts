import { createHash } from 'node:crypto';
import type { ReaderSettings } from '../mesh/reader';
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

/** When a token was issued, and when it expires. */
export interface TokenLifetime {
  readonly issued: Date;
  readonly expires: Date;
}

/** The lifetime of a token; undefined if it does not expire. */
export function lifetimeOf(token: string): TokenLifetime | undefined {
  const { iat, exp } = claimsOf(token) ?? {};
  const expires = timeOf(exp);
  return expires && { issued: timeOf(iat) ?? expires, expires };
}

const day = 24 * 60 * 60 * 1000;

/**
 * When it is time to renew a token: some days before it expires or, if that is later, when a third of its life is left.
 */
export function renewalTime({ issued, expires }: TokenLifetime, daysBefore: number): Date {
  const life = expires.getTime() - issued.getTime();
  const before = life > 0 ? Math.min(daysBefore * day, life / 3) : daysBefore * day;
  return new Date(expires.getTime() - before);
}

/** Whether it is time to renew a token. */
export function isTokenDue(
  token: string,
  { warnBeforeExpiryDays }: Pick<ReaderSettings, 'warnBeforeExpiryDays'>,
  now: Date,
): boolean {
  const lifetime = lifetimeOf(token);
  return lifetime !== undefined && renewalTime(lifetime, warnBeforeExpiryDays) <= now;
}

/** Identifies a token without revealing it, as the value of a label. */
export function tokenFingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 40);
}
