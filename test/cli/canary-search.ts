import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A secret that was put into one input, and where it may be. */
export interface Canary {
  readonly name: string;
  readonly secret: Buffer;
  /** The files that may contain it, as the starts of paths. */
  readonly home: readonly string[];
}

export function textCanary(name: string, text: string, home: readonly string[]): Canary {
  return { name, secret: Buffer.from(text), home };
}

/** The number in an EC key that is secret: every form of the key contains it. */
export function keyCanary(name: string, pem: string, home: readonly string[]): Canary {
  const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
  return { name, secret: Buffer.from(d, 'base64url'), home };
}

/** A text in which canaries are sought, and where it is from. */
export interface Place {
  readonly path: string;
  readonly content: Buffer;
}

/** All files of a folder, also hidden ones. */
export function placesIn(folder: string): Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => ({ path: path.slice(folder.length + 1), content: readFileSync(path) }));
}

/** Where canaries are that must not be there. */
export function leaks(canaries: readonly Canary[], places: readonly Place[]): string[] {
  return places.flatMap(({ path, content }) => {
    // Line breaks and indentation do not hide a secret.
    const texts = [content.toString('latin1'), content.toString('latin1').replace(/[\s\\]+/g, '')];
    return canaries
      .filter(({ home }) => !home.some((start) => path.startsWith(start)))
      .flatMap(({ name, secret }) =>
        forms(secret)
          .filter(([, form]) => texts.some((text) => text.includes(form)))
          .map(([kind]) => `${name} in ${path} (${kind})`),
      );
  });
}

/** The forms in which a secret may be written. */
function forms(secret: Buffer): [kind: string, form: string][] {
  const text = secret.toString('latin1');
  const hex = secret.toString('hex');
  const bases = [0, 1, 2].flatMap((shift): [string, string][] => {
    const base64 = shifted(secret, shift);
    const twice = [0, 1, 2].map((again): [string, string] => [
      `base64 of base64, shifted by ${again}`,
      shifted(Buffer.from(base64), again),
    ]);
    return [
      [`base64, shifted by ${shift}`, base64],
      [`base64url, shifted by ${shift}`, base64.replaceAll('+', '-').replaceAll('/', '_')],
      ...twice,
    ];
  });
  return [
    ['plain', text],
    ['in JSON', JSON.stringify(text).slice(1, -1)],
    ['URL-encoded', encodeURIComponent(text)],
    ['hexadecimal', hex],
    ['hexadecimal, in capitals', hex.toUpperCase()],
    ['as openssl prints it', hex.replace(/..(?=.)/g, '$&:')],
    ...bases,
  ];
}

/** The base64 of a text that follows some bytes, without the characters that depend on what is around it. */
function shifted(secret: Buffer, shift: number): string {
  const base64 = Buffer.concat([Buffer.alloc(shift), secret])
    .toString('base64')
    .replace(/=+$/, '');
  const start = Math.ceil((shift * 8) / 6);
  const end = Math.floor(((shift + secret.length) * 8) / 6);
  return base64.slice(start, end);
}
