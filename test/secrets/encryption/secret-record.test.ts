import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PlainObject } from '../../../src/kubernetes/manifest';
import { formatRemoteKubeconfig, type RemoteUser } from '../../../src/remotes/remote-kubeconfig';
import { fingerprintOf, isFingerprintOf } from '../../../src/secrets/encryption/secret-record';

function secretFor(user: RemoteUser): PlainObject {
  const text = formatRemoteKubeconfig('b', { server: 'https://203.0.113.7:6443', user });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'istio-remote-secret-b', namespace: 'istio-system' },
    data: { b: Buffer.from(text).toString('base64') },
  };
}

const token = secretFor({ token: 'k'.repeat(400) });
const password = secretFor({ username: 'istio', password: 'winter' });
const shortToken = secretFor({ token: 'winter' });

test.each([token, password, shortToken])('the same Secret is known again, and no other', (secret) => {
  const [one, two] = [fingerprintOf(secret), fingerprintOf(secret)];
  expect(one).not.toBe(two);
  expect([one, two].map((fingerprint) => isFingerprintOf(fingerprint, secret))).toEqual([true, true]);
  const others = [
    secretFor({ token: `${'k'.repeat(399)}l` }),
    secretFor({ username: 'istio', password: 'summer' }),
    { ...secret, metadata: { ...secret.metadata, labels: { more: 'true' } } },
  ];
  expect(others.filter((other) => isFingerprintOf(one, other))).toEqual([]);
});

test.each([password, shortToken])(
  'what somebody may have chosen is not guessed as fast as a hash is made',
  (secret) => {
    const [salt = '', digest] = fingerprintOf(secret).split(':');
    const hash = createHmac('sha256', Buffer.from(salt, 'hex')).update(JSON.stringify(secret)).digest('hex');
    expect(digest).not.toBe(hash);
  },
);

test.each(['', ':', 'x:y', `${'0'.repeat(32)}:`])('%j is the fingerprint of nothing', (fingerprint) => {
  expect(isFingerprintOf(fingerprint, token)).toBe(false);
});
