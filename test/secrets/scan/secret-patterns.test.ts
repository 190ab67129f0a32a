import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPlainTextSecrets, privateKeyMark, readerToken } from '../../../src/secrets/scan/secret-patterns';
import { hidden } from './hidden-in-text';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = (['pkcs8', 'sec1'] as const).map((type) =>
  privateKey.export({ type, format: 'pem' }).toString(),
);

const written = (pems: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...pems), fc.string({ unit: 'binary-ascii', maxLength: 40 }), fc.nat(2))
    .map(([pem, before, times]) => {
      let text = `${before}\n${pem}`;
      for (let time = 0; time < times; time += 1) text = Buffer.from(text, 'latin1').toString('base64');
      return text;
    });

test('a private key in PEM is found in plain text, in base64, and in base64 of base64', () => {
  const indented = keys.map((pem) => pem.replace(/^/gm, '        '));
  fc.assert(
    fc.property(written([...keys, ...indented, ...keys.map((pem) => JSON.stringify(pem))]), (text) => {
      expect(privateKeyMark(text)).toBeDefined();
    }),
  );
});

test('public keys and texts about private keys are not reported', () => {
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  fc.assert(
    fc.property(written([publicPem]), (text) => {
      expect(privateKeyMark(text)).toBeUndefined();
    }),
  );
  expect(privateKeyMark('The text after -----BEGIN PRIVATE KEY----- is the key.')).toBeUndefined();
});

const { privateKey: signingKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A token as Kubernetes issues it. */
function tokenOf(subject: string, id = 'b6c0'): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'RS256', kid: 'k' })}.${encode({
    iss: 'kubernetes/serviceaccount',
    'kubernetes.io/serviceaccount/service-account.uid': id,
    sub: subject,
  })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), signingKey).toString('base64url')}`;
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

test('tokens of other accounts and texts about the reader account are not reported', () => {
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

const long = 'A'.repeat(200);
const cacerts = `apiVersion: v1
kind: Secret
metadata:
  name: cacerts
  namespace: istio-system
data:
  ca-key.pem: ${long}
`;
const remote = `apiVersion: v1
kind: Secret
metadata:
  name: of-any-name
  labels: { istio/multiCluster: "true" }
stringData: { cluster2: "apiVersion: v1 ${long}" }
`;

test('Secrets of the mesh are reported with their lines, in any document of a file', () => {
  expect(findPlainTextSecrets(`kind: Namespace\n---\n${cacerts}---\n${remote}`)).toEqual([
    { kind: 'cacerts', name: 'cacerts', line: 9 },
    { kind: 'remoteSecrets', name: 'of-any-name', line: 16 },
  ]);
});

test('they are reported in a List, and in JSON', () => {
  const items = [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cacerts' }, data: { a: long } }];
  expect(findPlainTextSecrets(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))).toHaveLength(1);
});

test.each([
  ['a Secret that SOPS encrypted', `${cacerts}sops: { mac: ENC }\n`],
  ['a SealedSecret', cacerts.replace('kind: Secret', 'kind: SealedSecret')],
  ['a Secret without data', cacerts.replace(/data:.*/s, '')],
  ['another Secret', cacerts.replace('name: cacerts', 'name: cacerts-of-another')],
  ['a Secret that requests a token', 'kind: Secret\nmetadata: { name: cacerts }\ntype: t\n'],
  ['an example with a placeholder', cacerts.replace(long, '<base64 of the key>')],
  ['a comment', `# ${cacerts.replaceAll('\n', '\n# ')}`],
])('%s is not reported', (_, text) => {
  expect(findPlainTextSecrets(text)).toEqual([]);
});
