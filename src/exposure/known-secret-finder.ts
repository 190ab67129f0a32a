import { nestedForms } from './base64-forms';
import { type Base64Run, base64Runs } from './base64-runs';
import type { KnownSecret } from './known-secret';

/** A known secret in a text. */
export interface FoundSecret {
  readonly secret: KnownSecret;
  /** Where it begins to be recognized. */
  readonly offset: number;
}

/** How long a part of a form is by which it is recognized: 96 bits that no other text has by chance. */
const partLength = 16;
/** How far parts are from each other: whatever breaks a form in two, 19 characters of it have one whole. */
const stride = 4;
/** No more of a secret is looked for: none is found in part. */
const enough = 96;
/** Shorter secrets are looked for as a whole: parts of a password are in other words, too. */
const shortestInParts = 48;
/** Shorter words are in texts that have nothing to do with them. */
const shortestWord = 8;
/** Text, base64 of it, and base64 of that. */
const depth = 2;

/**
 * Finds known secrets in texts: as they are, in base64 wherever its groups begin, and in base64 of that;
 * broken into lines and indented in any way.
 */
export class KnownSecretFinder {
  private readonly parts = new Map<string, KnownSecret>();
  private readonly words: { readonly word: string; readonly secret: KnownSecret }[] = [];
  private readonly shortestRun: number;

  constructor(secrets: readonly KnownSecret[]) {
    for (const secret of secrets) {
      for (const form of formsOf(secret)) this.add(form, secret);
    }
    this.shortestRun = this.words.length > 0 ? shortestWord : partLength;
  }

  /** The secrets that are in a text, each once. */
  find(text: string): FoundSecret[] {
    const found = new Map<KnownSecret, number>();
    const add = (secret: KnownSecret, offset: number): void => {
      if (!found.has(secret)) found.set(secret, offset);
    };
    for (const { word, secret } of this.words) {
      const offset = text.indexOf(word);
      if (offset >= 0) add(secret, offset);
    }
    for (const run of base64Runs(text, this.shortestRun)) {
      for (const { word, secret } of this.words) {
        const index = run.text.indexOf(word);
        if (index >= 0) add(secret, run.offsetOf(index));
      }
      this.findParts(run, add);
    }
    return [...found].map(([secret, offset]) => ({ secret, offset }));
  }

  private findParts(run: Base64Run, add: (secret: KnownSecret, offset: number) => void): void {
    if (this.parts.size === 0) return;
    for (let index = 0; index + partLength <= run.text.length; index += 1) {
      const secret = this.parts.get(run.text.slice(index, index + partLength));
      if (secret !== undefined) add(secret, run.offsetOf(index));
    }
  }

  /** Parts are looked up, however many there are; the few words are searched for one by one. */
  private add(form: string, secret: KnownSecret): void {
    const isWord = secret.isText && secret.bytes.length < shortestInParts;
    if (isWord || !/^[\w+/=-]+$/.test(form)) {
      if (form.length >= shortestWord) this.words.push({ word: form, secret });
      return;
    }
    for (let index = 0; index + partLength <= form.length; index += stride) {
      this.parts.set(form.slice(index, index + partLength), secret);
    }
  }
}

/** A key is never in a text as bytes, but in base64 first. What differs between tokens is at their ends. */
function formsOf({ bytes, isText }: KnownSecret): string[] {
  if (!isText) return nestedForms(bytes.subarray(0, enough), depth + 1).flat();
  const end = bytes.subarray(-enough);
  return [end.toString('latin1'), ...nestedForms(end, depth).flat()];
}
