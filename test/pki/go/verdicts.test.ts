import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCertificate } from '../../../src/pki/certificate';
import { validateCaCerts } from '../../../src/pki/checks/validate-ca-certs';
import { readPrivateKey } from '../../../src/pki/private-key';
import { DerError } from '../../../src/pki/x509/der-reader';
import type { MeshError } from '../../../src/problems/problem';
import {
  der,
  extension,
  generalName,
  isCa,
  issue,
  name,
  octets,
  oid,
  pemOf,
  sequence,
  signs,
} from '../der-writer';
import { newKey, openssl } from '../openssl';
import { corpus } from './corpus';
import { caCertsVerdicts, certificateVerdicts, hasGo, keyVerdicts } from './verdicts';

/** Go accepts these, but istiod ignores such blocks in the other files of the folder, which have the same content. */
const stricter: readonly RegExp[] = [/^headers in ca-cert.pem$/];

test.skipIf(!hasGo)('accepts CA certificates exactly if Go does (needs go)', async () => {
  const verdicts = caCertsVerdicts(corpus.map(({ caCerts }) => caCerts));
  const ours = await Promise.all(
    corpus.map(({ caCerts }) =>
      validateCaCerts({ cluster1: caCerts }, { now: new Date() }).then(
        () => '',
        (error: MeshError) => error.problems.map(({ code, message }) => `${code} ${message}`).join(' '),
      ),
    ),
  );
  const different = corpus.flatMap(({ what }, index) => {
    const [go = '', here = ''] = [verdicts[index], ours[index]];
    if ((go === '') === (here === '') || stricter.some((each) => each.test(what))) return [];
    return `${what}: Go says "${go}", and we say "${here}"`;
  });
  expect(different).toEqual([]);
  expect(verdicts.filter((verdict) => verdict === '').length).toBeGreaterThan(50);
  expect(verdicts.filter((verdict) => verdict !== '').length).toBeGreaterThan(100);
});

/** A certificate with most of the extensions that Go reads. */
function certificateOfEverything(): Buffer {
  const names = sequence(
    generalName(2, 'a.example'),
    generalName(6, 'spiffe://b/c'),
    generalName(7, Buffer.of(1, 2, 3, 4)),
  );
  const subtrees = [generalName(2, 'svc'), generalName(6, 'local')].map((each) => sequence(each));
  const extensions = [
    isCa,
    signs,
    extension('2.5.29.17', names),
    extension('2.5.29.30', sequence(der(0xa0, ...subtrees)), true),
    extension('2.5.29.14', octets(Buffer.from('key'))),
    extension('2.5.29.35', sequence(generalName(0, 'key'))),
    extension('2.5.29.32', sequence(sequence(oid('1.2.3')), sequence(oid('2.5.29.32.0')))),
    extension('2.5.29.36', sequence(generalName(0, Buffer.of(3)), generalName(1, Buffer.of(4)))),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'), oid('1.3.6.1.5.5.7.3.2'))),
    extension('1.3.6.1.5.5.7.1.1', sequence(sequence(oid('1.3.6.1.5.5.7.48.1'), generalName(6, 'http://a')))),
  ];
  return issue({ extensions, subject: name('Mesh & Co.', 0x13) }).certificate;
}

/** Why we cannot read a certificate; empty if we can. */
function ourVerdict(certificate: Buffer): string {
  try {
    readCertificate(certificate);
    return '';
  } catch (error) {
    // Any other error would be a crash.
    if (!(error instanceof DerError)) throw error;
    return error.message;
  }
}

test.skipIf(!hasGo)('reads a certificate exactly if Go does, with any byte of it changed (needs go)', () => {
  const originals = [certificateOfEverything(), issue({ subject: name('Größe') }).certificate];
  const changed = fc.sample(
    fc
      .tuple(fc.constantFrom(...originals), fc.nat(), fc.integer({ min: 0, max: 255 }))
      .map(([original, position, value]) => {
        const copy = Buffer.from(original);
        copy[position % copy.length] = value;
        return copy;
      }),
    { numRuns: 5_000 },
  );
  const all = [...originals, ...changed];
  const verdicts = certificateVerdicts(all);
  const different = all.flatMap((certificate, index) => {
    const [go = '', here] = [verdicts[index], ourVerdict(certificate)];
    return (go === '') === (here === '')
      ? []
      : [`${certificate.toString('base64')}: Go says "${go}", and we say "${here}"`];
  });
  expect(different).toEqual([]);
  expect(verdicts.slice(0, originals.length)).toEqual(originals.map(() => ''));
});

test.skipIf(!hasGo)('reads private keys as Go does (needs go)', () => {
  const rsa = newKey('-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048');
  const ec = newKey();
  const explicit = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).privateKey;
  const keys: Readonly<Record<string, string>> = {
    'RSA in PKCS #8': rsa,
    'RSA in PKCS #1': openssl(['rsa', '-traditional'], rsa),
    'EC in SEC 1': openssl(['ec'], ec),
    'RSA with four primes': newKey(
      '-algorithm',
      'RSA',
      '-pkeyopt',
      'rsa_keygen_bits:4096',
      '-pkeyopt',
      'rsa_keygen_primes:4',
    ),
    'RSA with numbers that do not agree': pemOf(brokenRsa(rsa), 'PRIVATE KEY'),
    'RSA for RSASSA-PSS': newKey('-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'),
    'explicit EC parameters': explicit.export({ type: 'pkcs8', format: 'pem' }).toString(),
    'explicit EC parameters in SEC 1': explicit.export({ type: 'sec1', format: 'pem' }).toString(),
    'the label of another format': ec.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY'),
    'an encrypted key': openssl(['pkcs8', '-topk8', '-passout', 'pass:secret'], ec),
    'an encrypted key in SEC 1': openssl(['ec', '-aes128', '-passout', 'pass:secret'], ec),
    headers: ec.replace('\n', '\nComment: none\n\n'),
    'parameters first': openssl(['ecparam', '-name', 'prime256v1', '-genkey']),
    ...Object.fromEntries(
      ['P-224', 'P-521', 'brainpoolP256r1', 'secp256k1'].map((curve) => [
        curve,
        newKey('-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`),
      ]),
    ),
    ...Object.fromEntries(['ED25519', 'ED448', 'X25519'].map((type) => [type, newKey('-algorithm', type)])),
  };
  const verdicts = keyVerdicts(Object.values(keys));
  const theirs = Object.keys(keys).map((what, index) => [what, verdicts[index] === '']);
  const ours = Object.entries(keys).map(([what, text]) => [what, 'key' in readPrivateKey(text)]);
  // istiod cannot sign with a key for key agreement.
  expect(ours).toEqual(theirs.map(([what, accepted]) => [what, what !== 'X25519' && accepted]));
});

/** An RSA key in PKCS #8 whose last number, the CRT coefficient, is another one. */
function brokenRsa(pem: string): Buffer {
  const content = Buffer.from(pem.replace(/-----.*-----|\n/g, ''), 'base64');
  content.writeUInt8(content.readUInt8(content.length - 1) ^ 2, content.length - 1);
  return content;
}
