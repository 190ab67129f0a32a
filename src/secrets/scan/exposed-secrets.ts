import type { Problem } from '../../problems/problem';
import type { KnownSecretFinder } from './known-secret-finder';
import type { SecretKind } from './known-secrets';
import { findPlainTextSecrets, privateKeyMark, readerToken } from './secret-patterns';

/** A file to scan, and the secrets that it may contain. */
export interface ScannedFile {
  /** The name of the file in messages. */
  readonly shown: string;
  readonly content: Buffer;
  /** The kinds of secrets that it may contain in plain text. */
  readonly mayHold: readonly SecretKind[];
  /** Whether every private key in PEM is a problem, or only a key of the mesh. */
  readonly privateKeys: 'refused' | 'tolerated';
  /** How to fix a problem with the file. */
  readonly hint: string;
}

interface ExposedSecret {
  readonly line: number;
  readonly message: string;
}

/**
 * Finds keys and tokens of the mesh in plain text: the secrets that are on this machine, anywhere in the file,
 * and unknown secrets by their structure, for machines without the originals.
 */
export function exposedSecrets(file: ScannedFile, finder: KnownSecretFinder): Problem[] {
  const text = textOf(file.content);
  return exposedIn(text, file, finder).map(({ line, message }) => ({
    code: 'SECRET-EXPOSED',
    location: { file: file.shown, line },
    message,
    hint: file.hint,
  }));
}

/** Windows PowerShell redirects output to files in UTF-16. */
function textOf(content: Buffer): string {
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  return content.toString(isUtf16 ? 'utf16le' : 'latin1');
}

function exposedIn(
  text: string,
  { mayHold, privateKeys }: ScannedFile,
  finder: KnownSecretFinder,
): ExposedSecret[] {
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const known = finder
    .find(text)
    .filter(({ secret: { kind } }) => kind === 'root' || !mayHold.includes(kind));
  const found: ExposedSecret[] = known.map(({ secret, offset }) => ({
    line: lineOf(offset),
    message: `The file contains ${secret.name}.`,
  }));
  // A known secret is reported once, not again because of its structure.
  const isUnreported = (kind: SecretKind): boolean =>
    !mayHold.includes(kind) && known.every(({ secret }) => secret.kind !== kind);
  for (const { name, line } of findPlainTextSecrets(text).filter(({ kind }) => isUnreported(kind))) {
    found.push({ line, message: `The data of Secret ${name} is in plain text.` });
  }
  if (found.length > 0) return found;
  const token = isUnreported('remoteSecrets') ? readerToken(text) : undefined;
  if (token !== undefined)
    return [
      { line: lineOf(token), message: 'The file contains a token of the reader account of a cluster.' },
    ];
  const key = privateKeys === 'refused' ? privateKeyMark(text) : undefined;
  return key === undefined ? [] : [{ line: lineOf(key), message: 'The file contains a private key.' }];
}
