import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { keyAlgorithms } from '../../../src/mesh/definition';
import { issueRootCertificate } from '../../../src/pki/ca-certificate';
import { generatePrivateKey } from '../../../src/pki/private-key';
import { randomSerialNumber } from '../../../src/pki/sign-certificate';
import { KnownSecretFinder } from '../../../src/secrets/scan/known-secret-finder';
import type { KnownSecret } from '../../../src/secrets/scan/known-secrets';
import { hidden } from './hidden-in-text';

function text(secret: string): KnownSecret {
  return {
    name: 'a token',
    file: 'remotes/a.yaml',
    kind: 'remoteSecrets',
    bytes: Buffer.from(secret),
    isText: true,
  };
}

function key(pem: string): KnownSecret {
  const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
  return {
    name: 'a key',
    file: 'certs/a/ca-key.pem',
    kind: 'cacerts',
    bytes: Buffer.from(d, 'base64url'),
    isText: false,
  };
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const token = fc.stringMatching(/^[\w.!~$%-]{12,400}$/);
const other = fc.oneof(
  fc.string({ maxLength: 2000 }).map((plain) => ({ plain, text: plain })),
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => {
    const plain = Buffer.from(bytes);
    return { plain: plain.toString('latin1'), text: plain.toString('base64') };
  }),
  hidden(token),
);

describe('tokens', () => {
  test('are found in any alignment, depth and indentation', () => {
    fc.assert(
      fc.property(hidden(token), ({ secret, text: hiding }) => {
        expect(new KnownSecretFinder([text(secret)]).find(hiding)).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  test('are not found in texts with other tokens', () => {
    fc.assert(
      fc.property(token, other, (secret, { plain, text: hiding }) => {
        fc.pre(!plain.includes(secret) && !hiding.includes(secret));
        expect(new KnownSecretFinder([text(secret)]).find(hiding)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('are each found on its own line, among many', () => {
    const tokens = Array.from({ length: 50 }, () => randomBytes(200).toString('base64url'));
    const hiding = tokens
      .map((each, index) => (index % 2 === 0 ? each : btoa(`token: ${each}`)))
      .join('\n- ');
    const found = new KnownSecretFinder(tokens.map(text)).find(hiding);
    expect(found.map(({ offset }) => lineOf(hiding, offset))).toEqual(tokens.map((_, index) => index + 1));
  });

  test.each([
    ['passwords', 'the-password-of-', 8],
    ['tokens', 'k8s-aws-v1.'.repeat(20), 100],
  ])('with the same beginning are distinguished: %s', (_, start, length) => {
    const [secret = '', another = ''] = [0, 1].map(() => start + randomBytes(length).toString('hex'));
    const finder = new KnownSecretFinder([text(secret)]);
    fc.assert(
      fc.property(hidden(fc.constant(another)), ({ text: hiding }) => {
        expect(finder.find(hiding)).toEqual([]);
      }),
    );
  });

  test('that are as short as words are not searched for', () => {
    expect(new KnownSecretFinder([text('yes')]).find('answer: yes')).toEqual([]);
  });
});

describe.each(keyAlgorithms)('a key of kind %s', (algorithm) => {
  let pem: string;
  let keyObject: KeyObject;
  beforeAll(async () => {
    pem = await generatePrivateKey(algorithm);
    keyObject = createPrivateKey(pem);
  });

  test('is found in any format, alignment, depth and indentation', () => {
    const older = algorithm.startsWith('RSA') ? 'pkcs1' : 'sec1';
    const formats = fc
      .constantFrom('pkcs8', older as 'pkcs1')
      .map((type) => keyObject.export({ type, format: 'pem' }).toString());
    const indented = fc.nat(20).map((depth) => pem.replace(/^/gm, ' '.repeat(depth)));
    const inJSON = fc.constant(JSON.stringify(pem));
    const finder = new KnownSecretFinder([key(pem)]);
    fc.assert(
      fc.property(hidden(fc.oneof(formats, indented, inJSON)), ({ text: hiding }) => {
        expect(finder.find(hiding)).toHaveLength(1);
      }),
    );
  });

  test('is not found in its own certificate, nor in other keys', async () => {
    const now = new Date();
    const certificate = issueRootCertificate({
      privateKey: keyObject,
      now,
      validityDays: 1,
      serialNumber: randomSerialNumber(),
    });
    const otherKey = await generatePrivateKey(algorithm);
    fc.assert(
      fc.property(hidden(fc.constantFrom(certificate, otherKey)), ({ text: hiding }) => {
        expect(new KnownSecretFinder([key(pem)]).find(hiding)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
