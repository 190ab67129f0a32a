import { expect, test } from 'vitest';
import { readSealingCertificate } from '../../src/pki/sealing-certificate';
import { sealingPair } from '../secrets/encryption/secret';
import { newKey } from './openssl';

const now = new Date();
const day = 24 * 60 * 60 * 1000;
const { cert, key } = sealingPair();
const inDays = (days: number): Date => new Date(now.getTime() + days * day);

function problemOf(text: string, at = now): unknown {
  const reading = readSealingCertificate(text, 'a.pem', at);
  return 'problem' in reading
    ? [reading.problem.code, reading.problem.location, reading.problem.message]
    : reading;
}

test.each(['encipherOnly', 'keyEncipherment', 'dataEncipherment'])('accepts the key usage %s', (usage) => {
  const { cert: text } = sealingPair('-newkey', 'rsa:2048', '-addext', `keyUsage=critical,${usage}`);
  expect(readSealingCertificate(text, 'a.pem', inDays(1))).toHaveProperty('certificate');
});

test('uses the first of several certificates', () => {
  const other = sealingPair().cert;
  expect(readSealingCertificate(`${cert}${other}`, 'a.pem', now)).toEqual(
    readSealingCertificate(cert, 'a.pem', now),
  );
});

test.each<[what: string, code: string, message: RegExp, text: string, at?: Date]>([
  ['nothing', 'SECRET-CERTIFICATE', /no PEM certificate/, ''],
  ['a key', 'SECRET-CERTIFICATE', /contains the private key/, newKey()],
  ['a certificate and its key', 'SECRET-CERTIFICATE', /contains the private key/, `${cert}${key}`],
  [
    'half a certificate',
    'SECRET-CERTIFICATE',
    /not a valid certificate: its structure/,
    cert.replace(/\n.*\n/, '\n'),
  ],
  [
    'a certificate with another type of key',
    'SECRET-CERTIFICATE',
    /a key of type ec, prime256v1;/,
    sealingPair('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256').cert,
  ],
  [
    'a certificate with a short key',
    'SECRET-CERTIFICATE',
    /a key of type rsa, 512 bits;/,
    sealingPair('-newkey', 'rsa:512').cert,
  ],
  [
    'a certificate with a key that is no longer secure',
    'SECRET-CERTIFICATE',
    /at least 2048 bits/,
    sealingPair('-newkey', 'rsa:1024').cert,
  ],
  [
    'a certificate for signing',
    'SECRET-CERTIFICATE',
    /does not permit encryption/,
    sealingPair('-newkey', 'rsa:2048', '-addext', 'keyUsage=critical,keyCertSign,cRLSign').cert,
  ],
  ['an expired certificate', 'SECRET-EXPIRED', /^The certificate expired at 20\d\d-/, cert, inDays(11)],
  [
    'a certificate that is not valid yet',
    'SECRET-CERTIFICATE',
    /^The certificate is not valid before 20\d\d-/,
    cert,
    inDays(-1),
  ],
])('rejects %s', (_what, code, message, text, at) => {
  expect(problemOf(text, at)).toEqual([code, { file: 'a.pem' }, expect.stringMatching(message)]);
});
