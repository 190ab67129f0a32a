import type { PlainObject } from '../../kubernetes/manifest';

/** The backends that encrypt. */
export type EncryptingBackend = 'sealed-secrets' | 'sops';

/** A way to encrypt the Secrets of one cluster. */
export interface Cipher {
  readonly backend: EncryptingBackend;
  /** In one line, for whom it encrypts and how: what has been encrypted is used while this is the same. */
  readonly recipients: string;
  /** What is written in the place of a Secret; never twice the same, because encryption is random. */
  encrypt(secret: PlainObject): PlainObject;
}

/** The keys of a Secret's data, each with its value in base64. */
export function dataOf(secret: PlainObject): [key: string, value: string][] {
  return Object.entries((secret.data ?? {}) as Readonly<Record<string, string>>);
}
