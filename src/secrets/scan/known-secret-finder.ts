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
const enough = 96;
/** Shorter secrets are searched for as a whole, because other words can contain parts of a password. */
const shortestInParts = 48;
/** Shorter words occur in unrelated texts. */
const shortestWord = 8;
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
 * Finds known secrets in texts, as they are, in base64 and in base64 of base64, with any alignment, line breaks
 * and indentation. Finds keys in binary files as well.
 */
export class KnownSecretFinder {
  private readonly parts = new Map<string, KnownSecret>();
  private readonly words: Word[] = [];
  /** Keys as they occur in binary files. */
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
      for (const [bytes, secret] of this.keys) {
        const offset = text.indexOf(bytes);
        if (offset >= 0) add(secret, offset);
      }
    }
    for (const run of base64Runs(text, this.shortestRun)) {
      for (const { form, secret, isEncoded } of this.words) {
        const index = run.text.indexOf(form);
        if (index >= 0 && (!isEncoded || decodesTo(run.text, secret))) add(secret, run.offsetOf(index));
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

  /** A table finds any number of parts in constant time. Words are few, and are searched for one by one. */
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
