import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { PlainObject } from '../kubernetes/manifest';
import type { Problem } from '../problems/problem';
import type { Cipher } from './encryption/cipher';

/** The key that encrypts the values of files, as its recipients can open it. */
export interface SopsDataKey {
  /** 32 bytes. */
  readonly key: Buffer;
  /** The key, encrypted for each recipient. */
  readonly age: readonly AgeEncryptedKey[];
}

/** A data key, encrypted for one recipient. */
export interface AgeEncryptedKey {
  /** The recipient's public key, such as age1…. */
  readonly recipient: string;
  /** The encrypted key, as an armored age file. */
  readonly enc: string;
}

/** The release of SOPS whose files these are. */
const sopsVersion = '3.13.3';

/** The top-level keys below which all is encrypted. */
const encryptedRegex = '^(data|stringData)$';

/**
 * Encrypts the values of Secrets, as sops does; everything else of them stays readable, but cannot be
 * changed either.
 *
 * @see https://getsops.io/docs/
 */
export function sopsFiles(dataKey: SopsDataKey, now: Date): Cipher {
  const recipients = dataKey.age.map(({ recipient }) => recipient).sort();
  return {
    backend: 'sops',
    recipients: `sops ${recipients.join(' ')}`,
    encrypt: (secret) => sopsFile(secret, dataKey, now),
  };
}

function sopsFile(secret: PlainObject, { key, age }: SopsDataKey, now: Date): PlainObject {
  const mac = createHash('sha512');
  const isEncrypted = new RegExp(encryptedRegex);
  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(([name, part]) => [name, walk(part, [...path, name])]);
      return Object.fromEntries(entries);
    }
    if (typeof value !== 'string') throw new TypeError(`${path.join('.')} of a Secret is not a text.`);
    mac.update(value);
    return path.some((name) => isEncrypted.test(name)) ? encrypted(value, key, `${path.join(':')}:`) : value;
  };
  const content = walk(secret, []) as PlainObject;
  const lastmodified = `${now.toISOString().slice(0, 19)}Z`;
  return {
    ...content,
    sops: {
      age: age.map(({ recipient, enc }) => ({ enc, recipient })),
      encrypted_regex: encryptedRegex,
      lastmodified,
      mac: encrypted(mac.digest('hex').toUpperCase(), key, lastmodified),
      version: sopsVersion,
    },
  };
}

/** A text that is encrypted in its place: another place, as additional data, makes its decryption fail. */
function encrypted(text: string, key: Buffer, place: string): string {
  // sops leaves an empty text as it is, and takes it for one that was.
  if (text === '') return text;
  const iv = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const [base64, iv64, tag64] = [data, iv, cipher.getAuthTag()].map((part) => part.toString('base64'));
  return `ENC[AES256_GCM,data:${base64},iv:${iv64},tag:${tag64},type:str]`;
}

/**
 * Makes a data key, and encrypts it for each recipient.
 *
 * @param cluster the name of the cluster whose recipients these are, for problems to tell
 * @param problems gets every recipient for which nothing can be encrypted
 */
export async function sopsDataKey(
  recipients: readonly string[],
  cluster: string,
  problems: Problem[],
): Promise<SopsDataKey> {
  const { armor, Encrypter } = await import('age-encryption');
  const key = randomBytes(32);
  const age: AgeEncryptedKey[] = [];
  for (const recipient of new Set(recipients)) {
    const encrypter = new Encrypter();
    try {
      encrypter.addRecipient(recipient);
    } catch {
      problems.push(notARecipient(recipient, cluster));
      continue;
    }
    age.push({ recipient, enc: armor.encode(await encrypter.encrypt(new Uint8Array(key))) });
  }
  return { key, age };
}

function notARecipient(recipient: string, cluster: string): Problem {
  return {
    code: 'SECRET-RECIPIENT',
    location: { file: cluster },
    message: `Nothing can be encrypted for ${recipient}: it is not a public key of age, or of a kind that needs a plugin.`,
    hint: 'Write the public key that age-keygen -y prints into sops.age.',
  };
}
