import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { ExposedSecrets } from '../../../src/secrets/scan/exposed-secrets';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const pem = rsa.export({ type: 'pkcs8', format: 'pem' }).toString();
const printed = execFileSync('openssl', ['rsa', '-text', '-noout'], { input: pem, encoding: 'utf8' });
const ecPrinted = execFileSync('openssl', ['ec', '-text', '-noout'], {
  input: ec.export({ type: 'sec1', format: 'pem' }),
  encoding: 'utf8',
  stdio: 'pipe',
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const key = {
  name: 'the key',
  file: 'certs/a/ca-key.pem',
  kind: 'cacerts',
  isText: false,
  bytes: Buffer.from(rsa.export({ format: 'jwk' }).d ?? '', 'base64url'),
} as const;

const allowance = { mayHold: [], refusedKeys: 'signing' } as const;
const messages = (content: Buffer | string, secrets = [] as (typeof key)[]): string[] =>
  new ExposedSecrets(secrets).in(Buffer.from(content), allowance).map(({ message }) => message);

const age = 'AGE-SECRET-KEY-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0JQVXSA7';
const long = base64(pem).slice(0, 400);

test.each<[what: string, content: string | Buffer]>([
  ['an age secret key', `# created: now\n${age}\n`],
  [
    'a sealing key',
    `kind: Secret\nmetadata:\n  labels:\n    sealedsecrets.bitnami.com/sealed-secrets-key: active\ndata:\n  tls.key: ${'A'.repeat(200)}\n`,
  ],
  ['the kubeconfig of an administrator', `users:\n- name: admin\n  user:\n    client-key-data: ${long}\n`],
  ['a key of a CA under any name', `notes\n${pem}`],
  ['an EC key', ec.export({ type: 'sec1', format: 'pem' }).toString()],
  ['a key in DER', rsa.export({ type: 'pkcs1', format: 'der' })],
  ['an indented key', `key: |\n${pem.replace(/^/gm, '      ')}`],
  ['a key in JSON', JSON.stringify({ pem })],
  ['a key in base64', `data:\n  k: ${base64(pem)}\n`],
  ['a key in base64 of base64', `data:\n  k: ${base64(base64(pem))}\n`],
  ['a key in UTF-16, little endian', Buffer.from(pem, 'utf16le')],
  ['a key in UTF-16, big endian', Buffer.from(`\ufeff${pem}`, 'utf16le').swap16()],
  ['a key that openssl prints', printed],
  ['an EC key that openssl prints', ecPrinted],
])('%s is found by its structure', (_, content) => {
  expect(messages(content)).toHaveLength(1);
});

test.each<[what: string, content: string | Buffer]>([
  ['openssl prints', printed],
  ['is in uppercase hexadecimal', key.bytes.toString('hex').toUpperCase()],
  ['is a web key', JSON.stringify(rsa.export({ format: 'jwk' }))],
  ['is in UTF-16, big endian', Buffer.from(pem, 'utf16le').swap16()],
  ['is at the end of a file that is searched in parts', `${'x'.repeat(40_000_000)}\n${pem}`],
])('a key of this machine is found where it %s', (_, content) => {
  expect(messages(content, [key])).toEqual(['The file contains the key.']);
});

test.each<[what: string, content: string | Buffer]>([
  ['a certificate request', '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n'],
  ['a placeholder', '-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----\n'],
  ['a shortened key', `${pem.slice(0, 200)}\n...\n-----END PRIVATE KEY-----\n`],
  ['an age public key', 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
  ['a word about age keys', 'Keep AGE-SECRET-KEY-1... safe.'],
  [
    'a selector of sealing keys',
    'kubectl get secret -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml # tls.key',
  ],
  ['a kubeconfig with a placeholder', 'client-key-data: REDACTED'],
  ['hexadecimal of a digest', `sha256: ${'ab12'.repeat(16)}`],
  ['a public key that openssl prints', printed.slice(0, printed.indexOf('publicExponent'))],
  ['an empty file', ''],
  ['zeros', Buffer.alloc(1000)],
])('%s is no problem', (_, content) => {
  expect(messages(content, [key])).toEqual([]);
});

test.each<[what: string, content: string]>([
  ['beginnings of tokens', 'eyJ'.repeat(1_000_000)],
  ['tokens without an end', 'eyJhbGciOiJSUzI1NiJ9.'.repeat(200_000)],
  ['beginnings of keys', '-----BEGIN PRIVATE KEY-----'.repeat(100_000)],
  ['hexadecimal with spaces', `ab${' '.repeat(39)}`.repeat(100_000)],
  ['short hexadecimal', 'ab:'.repeat(15).concat('x').repeat(100_000)],
  ['base64 in short lines', `${'A'.repeat(60)}\n`.repeat(50_000)],
  ['spaces in base64', `${'A'.repeat(60)}${' '.repeat(3_000_000)}`],
])('the search of %s ends soon', { timeout: 30_000 }, (_, content) => {
  expect(messages(content, [key])).toEqual([]);
});
