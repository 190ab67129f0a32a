import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from '../mesh/definition';
import { blockFault, pemBlocks } from './pem';

/** Makes a private key, as a PEM text in PKCS#8; in a thread of its own, so that many are made at once. */
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

/** A private key that has been read, or else what stands in the way, in words that give nothing away. */
export type PrivateKeyReading = { readonly key: KeyObject } | { readonly fault: string };

/**
 * Reads a private key as istiod does: out of the first block of a PEM text, which must be PKCS#8, PKCS#1
 * or SEC 1 and not encrypted.
 */
export function readPrivateKey(text: string): PrivateKeyReading {
  const [block] = pemBlocks(text);
  if (block === undefined) return { fault: 'It holds no PEM block.' };
  const fault = blockFault(text);
  if (fault !== undefined) return { fault };
  if (!labels.includes(block.label)) return { fault: `Its first PEM block is labelled ${block.label}.` };
  if (/^Proc-Type:.*ENCRYPTED/m.test(block.text)) return { fault: 'The private key is encrypted.' };
  try {
    return { key: createPrivateKey(block.text) };
  } catch {
    return { fault: `Its ${block.label} cannot be parsed.` };
  }
}

const labels: readonly string[] = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'];
