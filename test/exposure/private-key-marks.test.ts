import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { privateKeyMark } from '../../src/exposure/private-key-marks';

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

test('a private key in PEM is found as it is, in base64, and in base64 of that', () => {
  const indented = keys.map((pem) => pem.replace(/^/gm, '        '));
  fc.assert(
    fc.property(written([...keys, ...indented, ...keys.map((pem) => JSON.stringify(pem))]), (text) => {
      expect(privateKeyMark(text)).toBeDefined();
    }),
  );
});

test('public keys, and words about private ones, are none', () => {
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  fc.assert(
    fc.property(written([publicPem]), (text) => {
      expect(privateKeyMark(text)).toBeUndefined();
    }),
  );
  expect(privateKeyMark('The text after -----BEGIN PRIVATE KEY----- is the key.')).toBeUndefined();
});
