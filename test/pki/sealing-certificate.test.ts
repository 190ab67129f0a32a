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

test('of several certificates, the first one counts', () => {
  const other = sealingPair().cert;
  expect(readSealingCertificate(`${cert}${other}`, 'a.pem', now)).toEqual(
    readSealingCertificate(cert, 'a.pem', now),
  );
});

test.each<[what: string, code: string, found: RegExp, text: string, at?: Date]>([
  ['nothing', 'SECRET-CERTIFICATE', /no certificate in PEM/, ''],
  ['a key', 'SECRET-CERTIFICATE', /holds a private key/, newKey()],
  ['a certificate and its key', 'SECRET-CERTIFICATE', /holds a private key/, `${cert}${key}`],
  ['half a certificate', 'SECRET-CERTIFICATE', /no certificate in PEM/, cert.replace(/\n.*\n/, '\n')],
  [
    'a certificate of another kind of key',
    'SECRET-CERTIFICATE',
    /a key of type ec;/,
    sealingPair('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256').cert,
  ],
  ['one of a short key', 'SECRET-CERTIFICATE', /of 512 bits;/, sealingPair('-newkey', 'rsa:512').cert],
  ['one that has expired', 'SECRET-EXPIRED', /^It was valid until 20\d\d-/, cert, inDays(11)],
  ['one for later', 'SECRET-CERTIFICATE', /^It is not valid before 20\d\d-/, cert, inDays(-1)],
])('nothing can be encrypted for %s', (_what, code, found, text, at) => {
  expect(problemOf(text, at)).toEqual([code, { file: 'a.pem' }, expect.stringMatching(found)]);
});
