import { createHash } from 'node:crypto';
import { KnownSecretFinder } from './known-secret-finder';
import type { KnownSecret, SecretKind } from './known-secrets';
import { findForeignSecrets, isSigningKeyInDer, signingKey } from './other-secrets';
import { scannedText } from './scanned-text';
import { findPlainTextSecrets, privateKeyMark, readerToken } from './secret-patterns';

/** What a file may hold, which decides what is a problem in it. */
export interface Allowance {
  /** The kinds of secrets that it may hold in plain text. */
  readonly mayHold: readonly SecretKind[];
  /** The private keys of unknown origin that are a problem: any, those that can sign certificates, or none. */
  readonly refusedKeys: 'any' | 'signing' | 'none';
}

/** A key or token in plain text. */
export interface ExposedSecret {
  readonly line: number;
  readonly message: string;
}

/** The number of bytes that are searched at once, for which regular expressions have memory, and of those that two parts share. */
const window = 2 * 1024 * 1024;
const overlap = 256 * 1024;

/**
 * Finds keys and tokens in plain text: the secrets that are on this machine, anywhere in a file, and unknown secrets
 * by their structure, for machines without the originals. Equal contents are searched once.
 */
export class ExposedSecrets {
  private readonly finders = new Map<string, KnownSecretFinder>();
  private readonly results = new Map<string, readonly ExposedSecret[]>();

  constructor(private readonly secrets: readonly KnownSecret[]) {}

  /** The secrets in the content of a file. */
  in(content: Buffer, allowance: Allowance): readonly ExposedSecret[] {
    const digest = createHash('sha1').update(content).digest('base64');
    const key = `${allowance.mayHold} ${allowance.refusedKeys} ${digest}`;
    let result = this.results.get(key);
    if (result === undefined) {
      result = this.search(content, allowance);
      this.results.set(key, result);
    }
    return result;
  }

  private search(content: Buffer, allowance: Allowance): ExposedSecret[] {
    const found = new Map<string, ExposedSecret>();
    let lines = 0;
    for (let start = 0; start === 0 || start + overlap < content.length; start += window - overlap) {
      const part = content.subarray(start, start + window);
      for (const { line, message } of this.searchPart(part, allowance)) {
        if (!found.has(message)) found.set(message, { line: line + lines, message });
      }
      if (content.length > window) lines += countLines(part.subarray(0, window - overlap));
    }
    return [...found.values()];
  }

  private searchPart(content: Buffer, { mayHold, refusedKeys }: Allowance): ExposedSecret[] {
    const text = scannedText(content);
    const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
    const known = this.finderFor(mayHold).find(text);
    const foreign = findForeignSecrets(text);
    const found: ExposedSecret[] = [
      ...known.map(({ secret: { name }, offset }) => ({ name, offset })),
      ...foreign,
    ].map(({ name, offset }) => ({ line: lineOf(offset), message: `The file contains ${name}.` }));
    // A known secret is reported once, not again because of its structure.
    const isUnreported = (kind: SecretKind): boolean =>
      !mayHold.includes(kind) && known.every(({ secret }) => secret.kind !== kind);
    const plain = (['cacerts', 'remoteSecrets'] as const).some(isUnreported)
      ? findPlainTextSecrets(text)
      : [];
    for (const { name, line } of plain.filter(({ kind }) => isUnreported(kind))) {
      found.push({ line, message: `The data of Secret ${name} is in plain text.` });
    }
    if (found.length > 0) return found;
    const token = isUnreported('remoteSecrets') ? readerToken(text) : undefined;
    if (token !== undefined)
      return [
        { line: lineOf(token), message: 'The file contains a token of the reader account of a cluster.' },
      ];
    const key = refusedKey(refusedKeys, text, content);
    return key === undefined ? [] : [{ line: lineOf(key), message: 'The file contains a private key.' }];
  }

  /** Searches only for what the file may not hold: most of a large output is Secrets that it may. */
  private finderFor(mayHold: readonly SecretKind[]): KnownSecretFinder {
    const key = mayHold.join();
    let finder = this.finders.get(key);
    if (finder === undefined) {
      finder = new KnownSecretFinder(
        this.secrets.filter(({ kind }) => kind === 'root' || !mayHold.includes(kind)),
      );
      this.finders.set(key, finder);
    }
    return finder;
  }
}

function refusedKey(refused: Allowance['refusedKeys'], text: string, content: Buffer): number | undefined {
  if (refused === 'none') return undefined;
  const signing = isSigningKeyInDer(content) ? 0 : signingKey(text);
  return signing ?? (refused === 'any' ? privateKeyMark(text) : undefined);
}

function countLines(content: Buffer): number {
  let count = 0;
  for (let index = content.indexOf(10); index >= 0; index = content.indexOf(10, index + 1)) count += 1;
  return count;
}
