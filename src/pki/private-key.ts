import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from '../mesh/definition';
import { type PemBlock, pemBlocks, pemProblem } from './pem';
import { constructedTag, DerError, DerReader, tags, unsigned } from './x509/der-reader';
import { curves, isUsableRsa, keyTypes, type PublicKey } from './x509/public-key';

/** Generates a private key as a PEM text in PKCS #8. Several calls run in parallel, in threads. */
export async function generatePrivateKey(algorithm: KeyAlgorithm): Promise<string> {
  const { privateKey } = await generate(algorithm);
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function generate(algorithm: KeyAlgorithm): Promise<{ privateKey: KeyObject }> {
  const generatePair = promisify(generateKeyPair);
  switch (algorithm) {
    case 'EC-P256':
      return generatePair('ec', { namedCurve: 'P-256' });
    case 'EC-P384':
      return generatePair('ec', { namedCurve: 'P-384' });
    default:
      return generatePair('rsa', { modulusLength: Number(algorithm.slice('RSA-'.length)) });
  }
}

/** A private key, or the reason why it cannot be read, which does not disclose any of its content. */
export type PrivateKeyResult = { readonly key: KeyObject } | { readonly problem: string };

/**
 * Reads a private key as istiod does: from the first block of a PEM text, which must be PKCS #8, PKCS #1
 * or SEC 1 and not encrypted.
 */
export function readPrivateKey(text: string): PrivateKeyResult {
  const problem = pemProblem(text);
  if (problem !== undefined) return { problem };
  const [block] = pemBlocks(text);
  if (block === undefined) return { problem: 'It contains no PEM block.' };
  const format = formats[block.label];
  if (format === undefined) return { problem: `Its first PEM block is labelled ${block.label}.` };
  if (block.headers.has('Proc-Type')) return { problem: 'The private key is encrypted.' };
  return readBlock(block, format);
}

interface KeyFormat {
  readonly type: 'pkcs8' | 'pkcs1' | 'sec1';
  /** Rejects what Go does not read, and OpenSSL does. */
  readonly check: (der: Buffer) => void;
}

const formats: Readonly<Record<string, KeyFormat | undefined>> = {
  'PRIVATE KEY': { type: 'pkcs8', check: checkPkcs8 },
  'RSA PRIVATE KEY': { type: 'pkcs1', check: checkRsa },
  'EC PRIVATE KEY': { type: 'sec1', check: checkEc },
};

function readBlock({ label, der }: PemBlock, { type, check }: KeyFormat): PrivateKeyResult {
  try {
    check(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { problem: `Its ${label} cannot be parsed: ${error.message}.` };
  }
  try {
    return { key: createPrivateKey({ key: der, format: 'der', type }) };
  } catch {
    return { problem: `Its ${label} cannot be parsed.` };
  }
}

/** The curves on which Istio supports keys of a cluster's CA. */
const curvesOfClusters = ['prime256v1', 'secp384r1'];
/** The curves on which the key of a root can be. */
export const curvesOfRoots = [...curvesOfClusters, 'secp521r1'];

/** Why a CA cannot have a key; undefined if it can. */
export function unsupportedKey(
  key: KeyObject,
  curveNames: readonly string[] = curvesOfClusters,
): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: { modulusLength: bits = 0, namedCurve = '' } = {} } =
    key;
  if (type === 'rsa' && bits >= 2048 && bits <= 8192) return undefined;
  if (type === 'ec' && curveNames.includes(namedCurve)) return undefined;
  const size = namedCurve === '' ? bits > 0 && `${bits} bits` : namedCurve;
  return `It is of type ${[type, size].filter(Boolean).join(', ')}.`;
}

/** Whether a private key belongs to a public key. */
export function isKeyOf(key: KeyObject, publicKey: PublicKey): boolean {
  if (publicKey.key === undefined) return false;
  // KeyObject.equals leaves an error of OpenSSL behind, and another call in the process then fails.
  const [one, other] = [publicKey.key, createPublicKey(key)].map((each) =>
    each.export({ type: 'spki', format: 'der' }),
  );
  return one !== undefined && other?.equals(one) === true;
}

function checkPkcs8(der: Buffer): void {
  const key = new DerReader(der, 'structure').enter(tags.sequence);
  key.integer();
  const algorithm = key.enter(tags.sequence);
  const oid = algorithm.oid();
  const content = key.content(tags.octetString);
  if (oid === keyTypes.rsa) checkRsa(content);
  else if (oid === keyTypes.ec) checkEc(content, algorithm.hasNext(tags.oid) ? algorithm.oid() : undefined);
  else if (oid !== keyTypes.ed25519) throw new DerError(`its algorithm is ${nameOf(oid)}`);
}

function nameOf(oid: string): string {
  return Object.entries(keyTypes).find(([, known]) => known === oid)?.[0] ?? oid;
}

function checkEc(der: Buffer, curveOfAlgorithm?: string): void {
  const key = new DerReader(der, 'structure').enter(tags.sequence);
  key.integer();
  key.content(tags.octetString);
  const parameters = key.enterOptional(constructedTag(0));
  const curve = curveOfAlgorithm ?? (parameters?.hasNext(tags.oid) ? parameters.oid() : undefined);
  if (curve === undefined) throw new DerError('it has explicit parameters instead of the name of a curve');
  if (curves[curve] === undefined) throw new DerError(`Go does not support its curve, ${curve}`);
}

/** Go verifies that the numbers of an RSA key agree; OpenSSL signs with any. */
function checkRsa(der: Buffer): void {
  const key = new DerReader(der, 'structure').enter(tags.sequence);
  const version = key.number(31);
  const next = (): bigint => {
    const bytes = key.integer();
    return (bytes[0] ?? 0) >= 0x80 ? 0n : unsigned(bytes);
  };
  const [n, e, d, p, q, dP, dQ, qInv] = [next(), next(), next(), next(), next(), next(), next(), next()];
  const isPositive = [n, d, p, q, dP, dQ, qInv].every((number) => number > 0n);
  if (version > 1n || !isPositive) throw new DerError('a number is not valid');
  if (!isUsableRsa(n, e, n.toString(2).length))
    throw new DerError('its modulus or exponent is not supported');
  // A key with more primes has no such values.
  if (version === 1n) return;
  const agrees =
    p * q === n &&
    (dP * e) % (p - 1n) === 1n &&
    (dQ * e) % (q - 1n) === 1n &&
    (qInv * q) % p === 1n &&
    d % (p - 1n) === dP &&
    d % (q - 1n) === dQ;
  if (!agrees) throw new DerError('its numbers do not belong together');
  const bits = (number: bigint): number => number.toString(2).length;
  const isWeak = bits(p > q ? p - q : q - p) <= bits(n) / 2 - 100 || bits(d) <= bits(n) / 2;
  if (isWeak) throw new DerError('its numbers are insecure');
}
