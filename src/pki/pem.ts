import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from '../mesh/definition';

/** One block of a PEM text. */
export interface PemBlock {
  /** The label, such as CERTIFICATE. */
  readonly label: string;
  /** The block from the first dash to the last, without a line end. */
  readonly text: string;
}

/** The blocks of a PEM text, in order. Like other PEM parsers, this ignores the text around them. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(block)].map((match) => ({ label: match[1] ?? '', text: match[0] }));
}

/**
 * Why a PEM parser does not find all blocks of a text; undefined if it finds them. Go, which istiod is
 * written in, recognizes a block only at the start of a line.
 */
export function pemProblem(text: string): string | undefined {
  if (pemBlocks(text).length === 0) return 'It contains no PEM block.';
  if (/-----(BEGIN|END) /.test(text.replaceAll(block, '')))
    return 'The first or last line of a PEM block is missing.';
  if (/[^\n-]-----BEGIN /.test(text)) return 'A PEM block does not start at the beginning of a line.';
  return undefined;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*(?:-(?!----)[^-]*)*-----END \1-----/g;

/** Whether a newline is missing after a block or at the end of the text. */
export function lacksNewline(text: string): boolean {
  return /[^\n]$/.test(text) || /-----END [A-Z0-9 ]+-----[ \t]*\S/.test(text);
}

/** Whether a text mixes Windows and Unix line endings. */
export function hasMixedLineEnds(text: string): boolean {
  return new Set(text.match(/\r\n|\r|\n/g)).size > 1;
}

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
  const [block] = pemBlocks(text);
  if (block === undefined) return { problem: 'It contains no PEM block.' };
  const problem = pemProblem(text);
  if (problem !== undefined) return { problem };
  if (!labels.includes(block.label)) return { problem: `Its first PEM block is labelled ${block.label}.` };
  if (/^Proc-Type:.*ENCRYPTED/m.test(block.text)) return { problem: 'The private key is encrypted.' };
  try {
    return { key: createPrivateKey(block.text) };
  } catch {
    return { problem: `Its ${block.label} cannot be parsed.` };
  }
}

const labels: readonly string[] = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'];
