import { createPublicKey, type KeyObject } from 'node:crypto';
import { DerError, DerReader, tags, unsigned } from './der-reader';

/** The public key of a certificate. */
export interface PublicKey {
  /** The key and its algorithm in DER. Two keys are equal if their bytes are. */
  readonly der: Buffer;
  readonly type: KeyType;
  /** Undefined if Go cannot verify signatures with the key: for these types, and for some RSA keys. */
  readonly key: KeyObject | undefined;
  /** The type and size on one line, such as `rsa, 2048 bits`. */
  readonly text: string;
}

/** The types of keys that Go knows; keys of other types can be in a certificate, but are of no use. */
export type KeyType = 'rsa' | 'ec' | 'ed25519' | 'other';

/** The curves that Go knows, each with its name in OpenSSL and the bytes of a coordinate. */
export const curves: Readonly<Record<string, { readonly name: string; readonly size: number }>> = {
  '1.3.132.0.33': { name: 'secp224r1', size: 28 },
  '1.2.840.10045.3.1.7': { name: 'prime256v1', size: 32 },
  '1.3.132.0.34': { name: 'secp384r1', size: 48 },
  '1.3.132.0.35': { name: 'secp521r1', size: 66 },
};

/** The object identifiers of key types. */
export const keyTypes = {
  rsa: '1.2.840.113549.1.1.1',
  ec: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
  x25519: '1.3.101.110',
  dsa: '1.2.840.10040.4.1',
  rsassaPss: '1.2.840.113549.1.1.10',
  ed448: '1.3.101.113',
} as const;

const typeNames = new Map<string, string>(Object.entries(keyTypes).map(([name, oid]) => [oid, name]));

/** Reads the public key of a certificate. */
export function readPublicKey(der: DerReader): PublicKey {
  const { element } = der.value(tags.sequence);
  const info = new DerReader(element, 'public key').enter(tags.sequence);
  const identifier = info.value(tags.sequence).element;
  const bits = info.value(tags.bitString).element;
  const algorithm = new DerReader(identifier, 'public key').enter(tags.sequence);
  const oid = algorithm.oid();
  const parameters = algorithm.isEmpty ? Buffer.alloc(0) : algorithm.any().element;
  const { bytes, unusedBits } = new DerReader(bits, 'public key').bitString();
  const read = keyKinds[oid];
  if (read !== undefined && unusedBits > 0) return info.fail();
  const { type, text, isUsable } = read?.(parameters, bytes) ?? unusable(oid);
  // OpenSSL does not ignore what follows the key.
  const key = isUsable ? keyOf(Buffer.concat([identifier, bits])) : undefined;
  return { der: element, key, type, text };
}

interface KeyKind extends Pick<PublicKey, 'type' | 'text'> {
  readonly isUsable: boolean;
}

const keyKinds: Readonly<Record<string, (parameters: Buffer, content: Buffer) => KeyKind>> = {
  [keyTypes.rsa]: rsaKey,
  [keyTypes.ec]: ecKey,
  [keyTypes.ed25519]: (parameters, content) => {
    if (parameters.length > 0 || content.length !== 32) throw new DerError('its Ed25519 key is malformed');
    return { type: 'ed25519', text: 'ed25519', isUsable: true };
  },
  [keyTypes.x25519]: (parameters, content) => {
    if (parameters.length > 0 || content.length !== 32) throw new DerError('its X25519 key is malformed');
    return unusable(keyTypes.x25519);
  },
  [keyTypes.dsa]: dsaKey,
};

function unusable(oid: string): KeyKind {
  return { type: 'other', text: typeNames.get(oid) ?? oid, isUsable: false };
}

function rsaKey(parameters: Buffer, content: Buffer): KeyKind {
  if (!parameters.equals(Buffer.of(tags.null, 0)))
    throw new DerError('its RSA key has parameters other than NULL');
  const key = new DerReader(content, 'RSA key').enter(tags.sequence);
  const modulus = positive(key, 'modulus');
  const exponent = positive(key, 'exponent');
  if (exponent >= 2n ** 63n) throw new DerError('the exponent of its RSA key is too large');
  const bits = modulus.toString(2).length;
  return {
    type: 'rsa',
    text: describeRsa(modulus, exponent, bits),
    isUsable: isUsableRsa(modulus, exponent, bits),
  };
}

function positive(key: DerReader, what: string): bigint {
  const bytes = key.integer();
  if ((bytes[0] ?? 0) >= 0x80 || unsigned(bytes) === 0n) {
    throw new DerError(`the ${what} of its RSA key is not a positive number`);
  }
  return unsigned(bytes);
}

/** Whether Go verifies signatures with an RSA key. OpenSSL does so up to 16,384 bits. */
export function isUsableRsa(modulus: bigint, exponent: bigint, bits: number): boolean {
  return (
    bits >= 1024 &&
    bits <= 16_384 &&
    modulus % 2n === 1n &&
    exponent % 2n === 1n &&
    exponent >= 2n &&
    exponent < 2n ** 31n
  );
}

function describeRsa(modulus: bigint, exponent: bigint, bits: number): string {
  if (modulus % 2n === 0n) return `rsa, ${bits} bits, with an even modulus`;
  return isUsableRsa(modulus, exponent, 2048)
    ? `rsa, ${bits} bits`
    : `rsa, ${bits} bits, with the exponent ${exponent}`;
}

function ecKey(parameters: Buffer, content: Buffer): KeyKind {
  const reader = new DerReader(parameters, 'EC key');
  if (!reader.hasNext(tags.oid))
    throw new DerError('its EC key has explicit parameters instead of the name of a curve');
  const oid = reader.oid();
  const curve = curves[oid];
  if (curve === undefined) throw new DerError(`its EC key is on the curve ${oid}, which Go does not support`);
  if (content[0] !== 4 || content.length !== 1 + 2 * curve.size) {
    throw new DerError('its EC key is not an uncompressed point of its curve');
  }
  return { type: 'ec', text: `ec, ${curve.name}`, isUsable: true };
}

function dsaKey(parameters: Buffer, content: Buffer): KeyKind {
  const group = new DerReader(parameters, 'DSA key').enter(tags.sequence);
  const numbers = [
    new DerReader(content, 'DSA key').integer(),
    group.integer(),
    group.integer(),
    group.integer(),
  ];
  if (numbers.some((number) => (number[0] ?? 0) >= 0x80 || unsigned(number) === 0n)) group.fail();
  return unusable(keyTypes.dsa);
}

function keyOf(content: Buffer): KeyObject {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length);
  const header = Buffer.of(
    tags.sequence,
    ...(content.length < 0x80 ? [] : content.length < 0x100 ? [0x81] : [0x82]),
  );
  const der = Buffer.concat([header, length.subarray(content.length < 0x100 ? 1 : 0), content]);
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    // The structure is right, so only a point that is not on the curve is left.
    throw new DerError('its public key is not a valid key');
  }
}
