import { expect, test } from 'vitest';
import { isTokenDue, lifetimeOf, revokingSecret, tokenFingerprint } from '../../src/remotes/reader-token';
import { jsonWebToken } from './key-pair';

/** The claims that API servers of Kubernetes 1.34 write. */
const written = {
  iss: 'kubernetes/serviceaccount',
  'kubernetes.io/serviceaccount/namespace': 'istio-system',
  'kubernetes.io/serviceaccount/secret.name': 'token-1',
};
const requested = {
  iat: 1795679142,
  exp: 1803455142,
  'kubernetes.io': { namespace: 'istio-system', secret: { name: 'marker', uid: 'uid-1' } },
};

test('a token that a Secret holds ends with any Secret of that name', () => {
  expect(revokingSecret(jsonWebToken(written))).toEqual({ namespace: 'istio-system', name: 'token-1' });
});

test('a token that was requested for a Secret ends with that very Secret', () => {
  expect(revokingSecret(jsonWebToken(requested))).toEqual({
    namespace: 'istio-system',
    name: 'marker',
    uid: 'uid-1',
  });
});

test.each(['opaque', jsonWebToken({}), jsonWebToken({ 'kubernetes.io': { namespace: 'a', pod: {} } })])(
  'a token ends with no Secret: %s',
  (token) => {
    expect(revokingSecret(token)).toBeUndefined();
  },
);

test('only requested tokens expire', () => {
  expect(lifetimeOf(jsonWebToken(written))).toBeUndefined();
  const { issued, expires } = lifetimeOf(jsonWebToken(requested)) ?? {};
  expect(expires?.getTime()).toBe((issued?.getTime() ?? 0) + 90 * 24 * 60 * 60 * 1000);
});

test.each([
  ['a token of 90 days, 7 days before it expires', 90, 7, 83],
  ['a token of a day, when a third of it is left', 1, 7, 2 / 3],
  ['a token of 90 days, at most a third before', 90, 60, 60],
])('it is time to renew %s', (_, life, warnBeforeExpiryDays, dueAfter) => {
  const day = 86400;
  const token = jsonWebToken({ iat: 1_800_000_000, exp: 1_800_000_000 + life * day });
  const after = (days: number) => new Date((1_800_000_000 + days * day) * 1000);
  expect(isTokenDue(token, { warnBeforeExpiryDays }, after(dueAfter - 0.01))).toBe(false);
  expect(isTokenDue(token, { warnBeforeExpiryDays }, after(dueAfter + 0.01))).toBe(true);
});

test('a token that does not expire is never due', () => {
  expect(isTokenDue(jsonWebToken(written), { warnBeforeExpiryDays: 7 }, new Date())).toBe(false);
});

test('a fingerprint is the value of a label', () => {
  expect(tokenFingerprint('a')).toMatch(/^[0-9a-f]{40}$/);
  expect(tokenFingerprint('a')).not.toBe(tokenFingerprint('b'));
});
