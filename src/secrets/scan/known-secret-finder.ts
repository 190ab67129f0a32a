import { type Base64Run, base64Runs, decodings, nestedForms } from './base64';
import type { KnownSecret } from './known-secrets';

/** A known secret in a text. */
export interface FoundSecret {
  readonly secret: KnownSecret;
  /** The offset of the first recognized part. */
  readonly offset: number;
}

/** The length of a part that identifies a secret: 96 bits, which no other text contains by chance. */
const partLength = 16;
/** The distance between the parts of a text that are looked up. Any 19 characters contain one of these parts. */
const stride = 4;
/** The number of bytes of a secret that are searched for. */
const enough = 36;
/** Shorter secrets are searched for as a whole, because other words can contain parts of a password. */
const shortestInParts = 48;
/** Shorter words occur in unrelated texts. */
const shortestWord = 8;
/** The part of a key in hexadecimal or in a binary file that is looked up, as a range of bytes: the first ones may be 0. */
const keyPart = [4, 20] as const;
/** Bytes in hexadecimal, as openssl prints them: with colons, in several lines. */
const hexRuns = /(?:[0-9a-f]{2}[:\s]{0,40}){16,}/gi;
/** Text, base64 of it, and base64 of that. */
const depth = 2;

/** A form of a secret that is searched for as a whole. */
interface Word {
  readonly form: string;
  readonly secret: KnownSecret;
  /** Whether the form is base64, not the secret itself. */
  readonly isEncoded: boolean;
}

/**
 * Finds known secrets in texts, as they are, in base64 in base64 of base64 and in hexadecimal, with any
 * alignment, line breaks and indentation. Finds keys in binary files as well. The time grows with the size of the
 * text, not with the number of secrets.
 */
export class KnownSecretFinder {
  private readonly parts = new PartTable();
  private readonly words: Word[] = [];
  /** A part of each key, as it occurs in binary files. */
  private readonly binary = new PartTable();
  /** The same part in hexadecimal. */
  private readonly hex = new Map<string, KnownSecret>();
  private readonly shortestRun: number;

  constructor(secrets: readonly KnownSecret[]) {
    for (const secret of secrets) {
      if (!secret.isText) this.addKey(secret);
      const [text = '', ...inBase64] = formsOf(secret);
      this.add({ form: text, secret, isEncoded: !secret.isText });
      for (const form of inBase64) this.add({ form, secret, isEncoded: true });
    }
    this.shortestRun = this.words.length > 0 ? shortestWord : partLength;
  }

  /** Returns each known secret in a text once. */
  find(text: string): FoundSecret[] {
    const found = new Map<KnownSecret, number>();
    const add = (secret: KnownSecret, offset: number): void => {
      if (!found.has(secret)) found.set(secret, offset);
    };
    for (const { form, secret, isEncoded } of this.words) {
      const offset = isEncoded ? -1 : text.indexOf(form);
      if (offset >= 0) add(secret, offset);
    }
    // A key in DER, or in a PKCS #12 file without a password.
    if (text.includes('\0')) {
      for (let index = 0; index + partLength <= text.length; index += 1) {
        const secret = this.binary.at(text, index);
        if (secret !== undefined) add(secret, index);
      }
    }
    this.findHex(text, add);
    for (const run of base64Runs(text, this.shortestRun)) {
      for (const { form, secret, isEncoded } of this.words) {
        const index = run.text.indexOf(form);
        if (index >= 0 && (!isEncoded || decodesTo(run.text, secret))) add(secret, run.offsetOf(index));
      }
      this.findParts(run, add);
    }
    return [...found].map(([secret, offset]) => ({ secret, offset }));
  }

  private findHex(text: string, add: (secret: KnownSecret, offset: number) => void): void {
    if (this.hex.size === 0) return;
    const length = 2 * (keyPart[1] - keyPart[0]);
    for (const { 0: match, index: start } of text.matchAll(hexRuns)) {
      const digits = match.replace(/[:\s]/g, '').toLowerCase();
      for (let index = 0; index + length <= digits.length; index += 1) {
        const secret = this.hex.get(digits.slice(index, index + length));
        if (secret !== undefined) add(secret, start);
      }
    }
  }

  private findParts(run: Base64Run, add: (secret: KnownSecret, offset: number) => void): void {
    if (this.parts.size === 0) return;
    const text = standardBase64(run.text);
    for (let index = 0; index + partLength <= text.length; index += stride) {
      const secret = this.parts.at(text, index);
      if (secret !== undefined) add(secret, run.offsetOf(index));
    }
  }

  /** A table finds any number of parts in constant time. Words are few, and are searched for one by one. */
  private add(word: Word): void {
    const { form, secret } = word;
    const isWord = secret.isText && secret.bytes.length < shortestInParts;
    if (isWord || !/^[\w+/=-]+$/.test(form)) {
      if (form.length >= shortestWord) this.words.push(word);
      return;
    }
    const standard = standardBase64(form);
    for (let index = 0; index + partLength <= form.length; index += 1) {
      this.parts.set(standard.slice(index, index + partLength), secret);
    }
  }

  private addKey(secret: KnownSecret): void {
    const part = secret.bytes.subarray(...keyPart);
    this.binary.set(part.toString('latin1'), secret);
    this.hex.set(part.toString('hex'), secret);
  }
}

/** Web keys and tokens use two other characters. */
function standardBase64(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/');
}

/** Finds parts of secrets. Nearly all parts of a text are none, and a table of bits excludes them fast. */
class PartTable {
  private readonly secrets = new Map<string, KnownSecret>();
  private readonly bits = new Uint8Array(1 << 22);

  get size(): number {
    return this.secrets.size;
  }

  set(part: string, secret: KnownSecret): void {
    const hash = hashAt(part, 0);
    this.bits[hash >>> 3] = (this.bits[hash >>> 3] ?? 0) | (1 << (hash & 7));
    this.secrets.set(part, secret);
  }

  /** The secret that has a part at a position of a text. */
  at(text: string, index: number): KnownSecret | undefined {
    const hash = hashAt(text, index);
    if (((this.bits[hash >>> 3] ?? 0) & (1 << (hash & 7))) === 0) return undefined;
    return this.secrets.get(text.slice(index, index + partLength));
  }
}

/** A number of 25 bits for eight characters of a text. */
function hashAt(text: string, index: number): number {
  let hash = 0;
  for (let offset = 0; offset < 8; offset += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index + offset), 0x9e3779b1);
  return hash >>> 7;
}

/** Whether base64 contains a whole secret. A form lacks the characters at both ends that depend on the text around. */
function decodesTo(text: string, { bytes }: KnownSecret): boolean {
  const secret = bytes.toString('latin1');
  const once = decodings(text);
  return [...once, ...once.flatMap(decodings)].some((decoded) => decoded.includes(secret));
}

/** A text contains a key only in base64. Tokens differ at their ends, so the end of a text is searched for. */
function formsOf({ bytes, isText }: KnownSecret): string[] {
  if (!isText) return nestedForms(bytes.subarray(0, enough), depth + 1).flat();
  const end = bytes.subarray(-enough);
  return [end.toString('latin1'), ...nestedForms(end, depth).flat()];
}
