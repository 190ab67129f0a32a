import { type Base64Run, base64Runs, decodings, nestedForms } from './base64';
import type { KnownSecret } from './known-secrets';

/** A known secret in a text. */
export interface FoundSecret {
  readonly secret: KnownSecret;
  /** Where it begins to be recognized. */
  readonly offset: number;
}

/** How long a part of a form is by which it is recognized: 96 bits that no other text has by chance. */
const partLength = 16;
/** How far parts of a text are from each other that are looked up: of 19 characters of a form, one is. */
const stride = 4;
/** No more of a secret is looked for: none is found in part. */
const enough = 96;
/** Shorter secrets are looked for as a whole: parts of a password are in other words, too. */
const shortestInParts = 48;
/** Shorter words are in texts that have nothing to do with them. */
const shortestWord = 8;
/** Text, base64 of it, and base64 of that. */
const depth = 2;

/** A form of a secret that is looked for as a whole. */
interface Word {
  readonly form: string;
  readonly secret: KnownSecret;
  /** Whether it is base64, or the secret as it is. */
  readonly isEncoded: boolean;
}

/**
 * Finds known secrets in texts, and keys in other files: as they are, in base64 wherever its groups begin, and in base64 of that;
 * broken into lines and indented in any way.
 */
export class KnownSecretFinder {
  private readonly parts = new Map<string, KnownSecret>();
  private readonly words: Word[] = [];
  /** Keys as they are in files that are no text. */
  private readonly keys: [bytes: string, secret: KnownSecret][] = [];
  private readonly shortestRun: number;

  constructor(secrets: readonly KnownSecret[]) {
    for (const secret of secrets) {
      if (!secret.isText) this.keys.push([secret.bytes.toString('latin1'), secret]);
      const [text = '', ...inBase64] = formsOf(secret);
      this.add({ form: text, secret, isEncoded: !secret.isText });
      for (const form of inBase64) this.add({ form, secret, isEncoded: true });
    }
    this.shortestRun = this.words.length > 0 ? shortestWord : partLength;
  }

  /** The secrets that are in a text, each once. */
  find(text: string): FoundSecret[] {
    const found = new Map<KnownSecret, number>();
    const add = (secret: KnownSecret, offset: number): void => {
      if (!found.has(secret)) found.set(secret, offset);
    };
    for (const { form, secret, isEncoded } of this.words) {
      const offset = isEncoded ? -1 : text.indexOf(form);
      if (offset >= 0) add(secret, offset);
    }
    // Keys in DER, or in a PKCS #12 without a password.
    if (text.includes('\0')) {
      for (const [bytes, secret] of this.keys) {
        const offset = text.indexOf(bytes);
        if (offset >= 0) add(secret, offset);
      }
    }
    for (const run of base64Runs(text, this.shortestRun)) {
      for (const { form, secret, isEncoded } of this.words) {
        const index = run.text.indexOf(form);
        if (index >= 0 && (!isEncoded || says(run.text, secret))) add(secret, run.offsetOf(index));
      }
      this.findParts(run, add);
    }
    return [...found].map(([secret, offset]) => ({ secret, offset }));
  }

  private findParts(run: Base64Run, add: (secret: KnownSecret, offset: number) => void): void {
    if (this.parts.size === 0) return;
    for (let index = 0; index + partLength <= run.text.length; index += stride) {
      const secret = this.parts.get(run.text.slice(index, index + partLength));
      if (secret !== undefined) add(secret, run.offsetOf(index));
    }
  }

  /** Parts are looked up, however many there are; the few words are searched for one by one. */
  private add(word: Word): void {
    const { form, secret } = word;
    const isWord = secret.isText && secret.bytes.length < shortestInParts;
    if (isWord || !/^[\w+/=-]+$/.test(form)) {
      if (form.length >= shortestWord) this.words.push(word);
      return;
    }
    for (let index = 0; index + partLength <= form.length; index += 1) {
      this.parts.set(form.slice(index, index + partLength), secret);
    }
  }
}

/** A form lacks the ends that share their groups with what is around: whether these are there, too. */
function says(text: string, { bytes }: KnownSecret): boolean {
  const secret = bytes.toString('latin1');
  const once = decodings(text);
  return [...once, ...once.flatMap(decodings)].some((decoded) => decoded.includes(secret));
}

/** A key is never in a text as bytes, but in base64 first. What differs between tokens is at their ends. */
function formsOf({ bytes, isText }: KnownSecret): string[] {
  if (!isText) return nestedForms(bytes.subarray(0, enough), depth + 1).flat();
  const end = bytes.subarray(-enough);
  return [end.toString('latin1'), ...nestedForms(end, depth).flat()];
}
