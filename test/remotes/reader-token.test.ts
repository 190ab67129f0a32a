import { expect, test } from 'vitest';
import { lifetimeOf, revokingSecret, tokenFingerprint } from '../../src/remotes/reader-token';
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

test('a fingerprint is the value of a label', () => {
  expect(tokenFingerprint('a')).toMatch(/^[0-9a-f]{40}$/);
  expect(tokenFingerprint('a')).not.toBe(tokenFingerprint('b'));
});
