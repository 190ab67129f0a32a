import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readerToken } from '../../src/exposure/reader-tokens';
import { hidden } from './hidden-in-text';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A token as Kubernetes issues it. */
function tokenOf(subject: string, id = 'b6c0'): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'RS256', kid: 'k' })}.${encode({
    iss: 'kubernetes/serviceaccount',
    'kubernetes.io/serviceaccount/service-account.uid': id,
    sub: subject,
  })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

const reader = 'system:serviceaccount:istio-system:istio-reader-service-account';

test('a token of the reader account is found in any alignment, depth and indentation', () => {
  const tokens = fc.stringMatching(/^[0-9a-f-]{1,36}$/).map((id) => tokenOf(reader, id));
  fc.assert(
    fc.property(hidden(tokens), ({ text }) => {
      expect(readerToken(text)).toBeDefined();
    }),
  );
});

test('tokens of other accounts, and talk of this one, are none', () => {
  const others = fc.constantFrom(
    tokenOf('system:serviceaccount:istio-system:istiod'),
    tokenOf('system:serviceaccount:istio-system:istio-reader-service-account-of-another'),
    `${reader} `.repeat(20),
    createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
  );
  fc.assert(
    fc.property(hidden(others), ({ text }) => {
      expect(readerToken(text)).toBeUndefined();
    }),
  );
});
