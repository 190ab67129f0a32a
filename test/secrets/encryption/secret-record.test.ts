import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PlainObject } from '../../../src/kubernetes/manifest';
import { formatRemoteKubeconfig, type RemoteUser } from '../../../src/remotes/remote-kubeconfig';
import {
  fingerprintOf,
  formatSecretRecord,
  isFingerprintOf,
  parseSecretRecord,
} from '../../../src/secrets/encryption/secret-record';

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

test.each([token, password, shortToken])('a fingerprint matches only its Secret', (secret) => {
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

test.each([password, shortToken])('the fingerprint of a password is not a fast hash', (secret) => {
  const [salt = '', digest] = fingerprintOf(secret).split(':');
  const hash = createHmac('sha256', Buffer.from(salt, 'hex')).update(JSON.stringify(secret)).digest('hex');
  expect(digest).not.toBe(hash);
});

test.each(['', ':', 'x:y', `${'0'.repeat(32)}:`])('%j is not a fingerprint of a Secret', (fingerprint) => {
  expect(isFingerprintOf(fingerprint, token)).toBe(false);
});

describe('a record', () => {
  const record = {
    meshID: 'mesh1',
    content: fingerprintOf(token),
    recipients: 'sops age1',
    roots: ['1', '2'],
    object: token,
  };
  const [title = '', ...lines] = formatSecretRecord(record).split('\n');
  const earlierTitle =
    '# Encrypted by istio-mesh, and kept until its content or its recipients change; do not edit.';

  test('is read as it was written', () => {
    expect(parseSecretRecord([title, ...lines].join('\n'))).toEqual(record);
  });

  test('of version 0.1.0 is read', () => {
    expect(parseSecretRecord([earlierTitle, ...lines].join('\n'))).toEqual(record);
  });

  test('with another first line is damaged, and a file without the line is foreign', () => {
    expect(parseSecretRecord(['', title, ...lines].join('\n'))).toBe('damaged');
    expect(parseSecretRecord(lines.join('\n'))).toBe('foreign');
  });
});
