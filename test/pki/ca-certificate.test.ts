import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueIntermediateCertificate, issueRootCertificate } from '../../src/pki/ca-certificate';
import { readCertificate } from '../../src/pki/certificate';
import { randomSerialNumber } from '../../src/pki/sign-certificate';
import { temporaryFolder } from '../temporary-folder';
import { newKey, openssl } from './openssl';

const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'];
const p384 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'];
const p256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

const day = 24 * 60 * 60_000;

/** The configuration of openssl, following Istio's documentation and certificates. */
const configuration = (folder: string, keyUsage: string): string => `
[ca]
default_ca = default
[default]
database = ${folder}/index.txt
new_certs_dir = ${folder}
serial = ${folder}/serial
policy = policy
unique_subject = no
[policy]
organizationName = supplied
commonName = supplied
localityName = optional
[root]
subjectKeyIdentifier = hash
basicConstraints = critical, CA:TRUE
keyUsage = ${keyUsage}
[intermediate]
subjectKeyIdentifier = hash
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = ${keyUsage}
subjectAltName = DNS:istiod.istio-system.svc
authorityKeyIdentifier = keyid
`;

/** As Istio's documentation has it, except that only RSA keys can encipher keys. */
function keyUsageFor(key: string): string {
  const isRsa = createPrivateKey(key).asymmetricKeyType === 'rsa';
  const uses = [
    'digitalSignature',
    'nonRepudiation',
    ...(isRsa ? ['keyEncipherment'] : []),
    'keyCertSign',
    'cRLSign',
  ];
  return `critical, ${uses.join(', ')}`;
}

/** Issues a certificate with a given serial number and given dates, which only `openssl ca` supports. */
function issueWithOpenssl(options: {
  readonly kind: 'root' | 'intermediate';
  readonly subject: string;
  readonly key: string;
  readonly like: X509Certificate;
  readonly issuer?: { readonly cert: string; readonly key: string };
  readonly digest: string;
}): string {
  const { kind, subject, key, like, issuer, digest } = options;
  const folder = temporaryFolder();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  file('index.txt', '');
  file('serial', `${like.serialNumber}\n`);
  const date = (text: string): string => `${new Date(text).toISOString().replace(/[-:T]|\.\d+/g, '')}`;
  const request = openssl(['req', '-new', '-utf8', '-key', file('key.pem', key), '-subj', subject]);
  return openssl([
    ...[
      'ca',
      '-batch',
      '-notext',
      '-preserveDN',
      '-config',
      file('ca.cnf', configuration(folder, keyUsageFor(key))),
    ],
    ...['-in', file('request.pem', request), '-extensions', kind, '-md', digest],
    ...['-startdate', date(like.validFrom), '-enddate', date(like.validTo)],
    ...(issuer === undefined
      ? ['-selfsign', '-keyfile', join(folder, 'key.pem')]
      : ['-cert', file('issuer.pem', issuer.cert), '-keyfile', file('issuer-key.pem', issuer.key)]),
  ]);
}

const asText = (pem: string): string => openssl(['x509', '-noout', '-text', '-certopt', 'no_sigdump'], pem);

/** A certificate without its signature, whose length can differ, and without its total length. */
const unsigned = (pem: string): string =>
  openssl(['asn1parse', '-i'], pem).split('\n').slice(1, -2).join('\n');

describe.each([
  { name: 'RSA', keyOptions: rsa, digest: 'sha256' },
  { name: 'P-256', keyOptions: p256, digest: 'sha256' },
  { name: 'P-384', keyOptions: p384, digest: 'sha384' },
])('certificates with keys of type $name', ({ keyOptions, digest }) => {
  const rootKey = newKey(...keyOptions);
  const caKey = newKey(...keyOptions);

  it.each([
    { now: new Date('2026-11-22T10:20:30.456Z'), validityDays: 3650 },
    { now: new Date('2049-12-31T23:59:59Z'), validityDays: 1 },
    { now: new Date('2055-01-01T00:00:00Z'), validityDays: 36500 },
  ])('are equal to those that openssl issues, at $now', ({ now, validityDays }) => {
    const root = issueRootCertificate({
      privateKey: createPrivateKey(rootKey),
      now,
      validityDays,
      serialNumber: randomSerialNumber(),
    });
    const certificate = issueIntermediateCertificate({
      cluster: 'cluster1',
      privateKey: createPrivateKey(caKey),
      now,
      validityDays,
      serialNumber: randomSerialNumber(),
      issuer: {
        certificate: readCertificate(new X509Certificate(root).raw),
        privateKey: createPrivateKey(rootKey),
      },
    });
    const rootOfOpenssl = issueWithOpenssl({
      kind: 'root',
      subject: '/O=Istio/CN=Root CA',
      key: rootKey,
      like: new X509Certificate(root),
      digest,
    });
    const certificateOfOpenssl = issueWithOpenssl({
      kind: 'intermediate',
      subject: '/O=Istio/CN=Intermediate CA/L=cluster1',
      key: caKey,
      like: new X509Certificate(certificate),
      issuer: { cert: root, key: rootKey },
      digest,
    });
    for (const [ours, theirs] of [
      [root, rootOfOpenssl],
      [certificate, certificateOfOpenssl],
    ] as const) {
      expect(asText(ours)).toBe(asText(theirs));
      // RSA signatures are deterministic, ECDSA signatures are not.
      if (keyOptions === rsa) expect(ours).toBe(theirs);
      else expect(unsigned(ours)).toBe(unsigned(theirs));
    }
  });
});

describe('an intermediate certificate', () => {
  const now = new Date('2026-11-22T10:20:30Z');
  const key = (pem: string): KeyObject => createPrivateKey(pem);
  const rootKey = newKey();

  function intermediate(root: string, validityDays: number): X509Certificate {
    const certificate = issueIntermediateCertificate({
      cluster: 'cluster1',
      privateKey: key(newKey()),
      now,
      validityDays,
      serialNumber: randomSerialNumber(),
      issuer: { certificate: readCertificate(new X509Certificate(root).raw), privateKey: key(rootKey) },
    });
    return new X509Certificate(certificate);
  }

  it('is valid from two minutes ago, for the given number of days', () => {
    const root = issueRootCertificate({
      privateKey: key(rootKey),
      now,
      validityDays: 20,
      serialNumber: randomSerialNumber(),
    });
    const { validFrom, validTo } = intermediate(root, 10);
    expect(new Date(validFrom).toISOString()).toBe('2026-11-22T10:18:30.000Z');
    expect(new Date(validTo).getTime() - now.getTime()).toBe(10 * day);
  });

  it('expires no later than its root', () => {
    const root = issueRootCertificate({
      privateKey: key(rootKey),
      now,
      validityDays: 20,
      serialNumber: randomSerialNumber(),
    });
    expect(intermediate(root, 21).validTo).toBe(new X509Certificate(root).validTo);
  });

  it.each([
    ['utf8only', 'O = Größe, Ltd'],
    ['default', 'O = Größe, Ltd'],
    ['utf8only', 'CN = 日本語'],
    ['default', 'CN = 日本語'],
    ['default', 'O = Istio\n+CN = Root CA'],
  ])('copies the name of its root byte for byte, with strings of type %s: %s', (mask, name) => {
    const folder = temporaryFolder();
    const config = join(folder, 'root.cnf');
    const settings = `utf8 = yes\nprompt = no\nstring_mask = ${mask}\ndistinguished_name = name`;
    writeFileSync(join(folder, 'key.pem'), rootKey);
    writeFileSync(config, `[req]\n${settings}\n[name]\n${name}\n`);
    const root = openssl(['req', '-x509', '-new', '-config', config, '-key', join(folder, 'key.pem')]);
    const certificate = intermediate(root, 10);
    expect(certificate.checkIssued(new X509Certificate(root))).toBe(true);
    const names = ['x509', '-noout', '-issuer', '-nameopt', 'show_type'];
    const issuer = openssl(names, certificate.toString()).replace('issuer=', '');
    expect(issuer).toBe(openssl(names, root).replace('issuer=', ''));
  });
});
