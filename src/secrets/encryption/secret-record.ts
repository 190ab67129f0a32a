import { createHash, createHmac, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { parse } from 'yaml';
import type { PlainObject } from '../../kubernetes/manifest';
import { yamlText } from '../../kubernetes/yaml';
import { dataOf } from './cipher';

/**
 * What tells later whether a Secret is still the same, and nothing else about it: it is committed. Keys
 * and tokens are random, so that nobody guesses them; for what somebody may have chosen, each guess takes
 * as long as it took here.
 */
export function fingerprintOf(secret: PlainObject, salt: Uint8Array = randomBytes(16)): string {
  const text = JSON.stringify(secret);
  const digest = isGuessable(secret)
    ? scryptSync(text, salt, 32, { N: 2 ** 15, maxmem: 2 ** 26 })
    : createHmac('sha256', salt).update(text).digest();
  return `${Buffer.from(salt).toString('hex')}:${digest.toString('hex')}`;
}

/** Whether a Secret is the one that a fingerprint was made of. */
export function isFingerprintOf(fingerprint: string, secret: PlainObject): boolean {
  const salt = Buffer.from(fingerprint.split(':')[0] ?? '', 'hex');
  const [given, own] = [fingerprint, fingerprintOf(secret, salt)].map((text) => Buffer.from(text));
  return (
    given !== undefined && own !== undefined && given.length === own.length && timingSafeEqual(given, own)
  );
}

/** The kubeconfig of a remote secret may log in with a password, or with a token out of a list of such. */
function isGuessable(secret: PlainObject): boolean {
  return dataOf(secret).some(([, value]) =>
    /^\s*(password: .*|token: .{0,39})$/m.test(Buffer.from(value, 'base64').toString()),
  );
}

/** A Secret that has been encrypted, and what tells whether it still is the one to write. */
export interface SecretRecord {
  readonly meshID: string;
  /** The fingerprint of what was encrypted. */
  readonly content: string;
  /** For whom and how it was encrypted. */
  readonly recipients: string;
  /** The fingerprints of the roots in a Secret `cacerts`, which are public; none in another Secret. */
  readonly roots: readonly string[];
  /** What was written in the place of the Secret. */
  readonly object: PlainObject;
}

/** Begins every file of ours, and is never in another. */
const title = '# Encrypted by istio-mesh, and kept until its content or its recipients change; do not edit.';

/** The text of a kept Secret: YAML, which is the encrypted object itself, below comments. */
export function formatSecretRecord(kept: SecretRecord): string {
  const { meshID, content, recipients, roots, object } = kept;
  const trusted = roots.length === 0 ? '' : `# roots: ${roots.join(' ')}\n`;
  const head = `# mesh: ${meshID}\n# content: ${content}\n# recipients: ${recipients}\n${trusted}`;
  const body = yamlText(object);
  return `${title}\n${head}# digest: ${digestOf(head, body)}\n${body}`;
}

/** Reads the text of a kept Secret; it is `foreign` where it was none, and `damaged` where it was changed. */
export function parseSecretRecord(text: string): SecretRecord | 'damaged' | 'foreign' {
  // git may have given it the line ends of another system.
  const lines = text.replaceAll('\r\n', '\n');
  if (!lines.includes(title)) return 'foreign';
  const [, head, meshID, content, recipients, roots, digest, body] = format.exec(lines) ?? [];
  if (head === undefined || meshID === undefined || content === undefined) return 'damaged';
  if (recipients === undefined || body === undefined || digest !== digestOf(head, body)) return 'damaged';
  const object = parse(body, { version: '1.1' });
  return { meshID, content, recipients, roots: roots?.split(' ') ?? [], object };
}

const format = new RegExp(
  `^${title}\n(# mesh: (.*)\n# content: (.*)\n# recipients: (.*)\n(?:# roots: (.*)\n)?)# digest: (.*)\n([^]*)$`,
);

function digestOf(head: string, body: string): string {
  return createHash('sha256').update(`${head}\n${body}`).digest('hex');
}
