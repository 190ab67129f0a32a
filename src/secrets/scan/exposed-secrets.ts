import type { Problem } from '../../problems/problem';
import type { KnownSecretFinder } from './known-secret-finder';
import type { SecretKind } from './known-secrets';
import { findPlainTextSecrets, privateKeyMark, readerToken } from './secret-patterns';

/** A file to look into, and what may be in it. */
export interface ScannedFile {
  /** Its name in problems. */
  readonly shown: string;
  readonly content: Buffer;
  /** The kinds of secrets that it may hold in plain text. */
  readonly mayHold: readonly SecretKind[];
  /** Whether any private key in PEM is refused, or only those of the mesh. */
  readonly privateKeys: 'refused' | 'tolerated';
  /** What to do with what is found. */
  readonly hint: string;
}

interface Finding {
  readonly line: number;
  readonly message: string;
}

/**
 * The keys and tokens of the mesh that a file holds in plain text: those that this machine has, wherever
 * they are in it; and what is one by its structure, for a machine that has none.
 */
export function exposedSecrets(file: ScannedFile, finder: KnownSecretFinder): Problem[] {
  const text = textOf(file.content);
  return findings(text, file, finder).map(({ line, message }) => ({
    code: 'SECRET-EXPOSED',
    location: { file: file.shown, line },
    message,
    hint: file.hint,
  }));
}

/** Windows PowerShell writes in UTF-16 what is redirected to a file. */
function textOf(content: Buffer): string {
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  return content.toString(isUtf16 ? 'utf16le' : 'latin1');
}

function findings(text: string, { mayHold, privateKeys }: ScannedFile, finder: KnownSecretFinder): Finding[] {
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const known = finder
    .find(text)
    .filter(({ secret: { kind } }) => kind === 'root' || !mayHold.includes(kind));
  const found: Finding[] = known.map(({ secret, offset }) => ({
    line: lineOf(offset),
    message: `It holds ${secret.name}.`,
  }));
  // What has been told as a key or token that is known here is not told again by its structure.
  const isNews = (kind: SecretKind): boolean =>
    !mayHold.includes(kind) && known.every(({ secret }) => secret.kind !== kind);
  for (const { name, line } of findPlainTextSecrets(text).filter(({ kind }) => isNews(kind))) {
    found.push({ line, message: `The data of Secret ${name} is in plain text.` });
  }
  if (found.length > 0) return found;
  const token = isNews('remoteSecrets') ? readerToken(text) : undefined;
  if (token !== undefined)
    return [{ line: lineOf(token), message: 'It holds a token of the reader account of a cluster.' }];
  const key = privateKeys === 'refused' ? privateKeyMark(text) : undefined;
  return key === undefined ? [] : [{ line: lineOf(key), message: 'It holds a private key.' }];
}
