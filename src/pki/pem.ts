import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from '../mesh/definition';

/** One block of a PEM text. */
export interface PemBlock {
  /** What it says it is, such as CERTIFICATE. */
  readonly label: string;
  /** The block from its first dash to its last, without a line end. */
  readonly text: string;
}

/** The blocks of a PEM text, in order. Text around them is passed over, as PEM readers do. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(block)].map((match) => ({ label: match[1] ?? '', text: match[0] }));
}

/**
 * Why readers do not find all blocks of a PEM text, or none at all; undefined where they do. Go, which
 * istiod is written in, sees a block only where it begins a line.
 */
export function pemProblem(text: string): string | undefined {
  if (pemBlocks(text).length === 0) return 'It holds no PEM block.';
  if (/-----(BEGIN|END) /.test(text.replaceAll(block, '')))
    return 'A PEM block has only one of its two ends.';
  if (/[^\n-]-----BEGIN /.test(text)) return 'Something stands before a PEM block, in the same line.';
  return undefined;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*(?:-(?!----)[^-]*)*-----END \1-----/g;

/** Whether a text, or a block within it, ends in the middle of a line, so that what follows is lost. */
export function lacksNewline(text: string): boolean {
  return /[^\n]$/.test(text) || /-----END [A-Z0-9 ]+-----[ \t]*\S/.test(text);
}

/** Whether some lines of a text end as on Windows, and others as on Unix. */
export function hasMixedLineEnds(text: string): boolean {
  return new Set(text.match(/\r\n|\r|\n/g)).size > 1;
}

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
  const fault = pemProblem(text);
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
