import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A value in DER, with its tag. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

export const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content);
export const integer = (...bytes: readonly number[]): Buffer => der(0x02, Buffer.of(...bytes));
export const text = (tag: number, value: string | Buffer): Buffer => der(tag, Buffer.from(value as string));
export const octets = (...content: readonly Buffer[]): Buffer => der(0x04, ...content);
export const yes = der(0x01, Buffer.of(0xff));

export function oid(identifier: string): Buffer {
  const [first = 0, second = 0, ...rest] = identifier.split('.').map(Number);
  const base128 = (number: number): number[] =>
    number < 128 ? [number] : [...base128(Math.floor(number / 128)).map((byte) => byte | 0x80), number % 128];
  return der(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** A name with one attribute, which is a common name in UTF-8 unless other values are passed. */
export function name(value: string | Buffer, tag = 0x0c, type = '2.5.4.3'): Buffer {
  return sequence(der(0x31, sequence(oid(type), text(tag, value))));
}

export function extension(identifier: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(identifier), ...(critical ? [yes] : []), octets(value));
}

/** A GeneralName, such as that of a URI with the tag 6. */
export const generalName = (tag: number, value: string | Buffer): Buffer => text(0x80 | tag, value);

/** The fields of a certificate in DER; each can be replaced by anything. */
export interface CertificateParts {
  readonly version: Buffer;
  readonly serialNumber: Buffer;
  readonly algorithm: Buffer;
  readonly issuer: Buffer;
  readonly validity: Buffer;
  readonly subject: Buffer;
  readonly publicKey: Buffer;
  readonly extensions: readonly Buffer[];
}

/** A CA of the corpus. */
export interface CorpusCa {
  readonly key: KeyObject;
  readonly subject: Buffer;
  readonly certificate: Buffer;
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

export const isCa = extension('2.5.29.19', sequence(yes), true);
export const signs = extension('2.5.29.15', der(0x03, Buffer.of(2, 0b1110_0100)), true);

function newKeyObject(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function spkiOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

/** Issues a certificate, self-signed unless there is an issuer. */
export function issue(
  parts: Partial<CertificateParts> = {},
  issuer?: CorpusCa,
  options: {
    readonly key?: KeyObject;
    readonly change?: (tbs: Buffer) => Buffer;
    readonly outer?: (der: Buffer) => Buffer;
  } = {},
): CorpusCa {
  const { key = newKeyObject(), change = (tbs) => tbs, outer = (certificate) => certificate } = options;
  const defaults: CertificateParts = {
    version: der(0xa0, integer(2)),
    serialNumber: integer(0x41, 0x42),
    algorithm: ecdsaWithSha256,
    issuer: issuer?.subject ?? parts.subject ?? name('Root CA'),
    validity: sequence(text(0x17, '250101000000Z'), text(0x18, '20550101000000Z')),
    subject: name(issuer === undefined ? 'Root CA' : 'Intermediate CA'),
    publicKey: spkiOf(key),
    extensions: [isCa, signs],
  };
  const all = { ...defaults, ...parts };
  const list = all.extensions.length === 0 ? [] : [der(0xa3, sequence(...all.extensions))];
  const fields = [
    all.version,
    all.serialNumber,
    all.algorithm,
    all.issuer,
    all.validity,
    all.subject,
    all.publicKey,
  ];
  const tbs = change(sequence(...fields, ...list));
  const signature = sign('sha256', tbs, issuer?.key ?? key);
  const certificate = outer(sequence(tbs, all.algorithm, der(0x03, Buffer.of(0), signature)));
  return { key, subject: all.subject, certificate };
}

export function pemOf(content: Buffer, label = 'CERTIFICATE'): string {
  const lines = content.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
