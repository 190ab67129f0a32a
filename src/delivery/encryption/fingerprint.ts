import { createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { PlainObject } from '../manifest';
import { dataOf } from './cipher';

/**
 * What tells later whether a Secret is still the same, and nothing else about it: it is committed. Keys
 * and tokens are random, so that nobody guesses them; for what somebody may have chosen, each guess takes
 * as long as it took here.
 */
export function fingerprintOf(secret: PlainObject, salt = randomBytes(16)): string {
  const text = JSON.stringify(secret);
  const digest = isGuessable(secret)
    ? scryptSync(text, salt, 32, { N: 2 ** 15, maxmem: 2 ** 26 })
    : createHmac('sha256', salt).update(text).digest();
  return `${salt.toString('hex')}:${digest.toString('hex')}`;
}

/** Whether a Secret is the one that a fingerprint was made of. */
export function isFingerprintOf(fingerprint: string, secret: PlainObject): boolean {
  const salt = Buffer.from(fingerprint.split(':')[0] ?? '', 'hex');
  const [given, own] = [fingerprint, fingerprintOf(secret, salt)].map((text) => Buffer.from(text));
  return (
    given !== undefined && own !== undefined && given.length === own.length && timingSafeEqual(given, own)
  );
}

/** The kubeconfig of a remote secret may log in with a password, or with a token out of a list of such. */
function isGuessable(secret: PlainObject): boolean {
  return dataOf(secret).some(([, value]) =>
    /^\s*(password: .*|token: .{0,39})$/m.test(Buffer.from(value, 'base64').toString()),
  );
}
