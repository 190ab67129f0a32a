import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { PlainObject } from '../kubernetes/manifest';
import type { Problem } from '../problems/problem';
import { type Cipher, ciphertext, type LoadCipher, outlineValues } from './encryption/encrypted-secrets';

/** Creates a data key for the recipients of a cluster. */
export const loadSopsCipher: LoadCipher = async ({ name, secrets }, { now, problems }) => {
  const problemsBefore = problems.length;
  const dataKey = await sopsDataKey(secrets.sops.age, name, problems);
  return problems.length === problemsBefore ? sopsCipher(dataKey, now) : undefined;
};

/** The key that encrypts the values of Secrets, and its encrypted copies for the recipients. */
export interface SopsDataKey {
  /** 32 bytes. */
  readonly key: Buffer;
  /** The encrypted copies of the key. */
  readonly age: readonly AgeEncryptedKey[];
}

/** A data key, encrypted for one recipient. */
interface AgeEncryptedKey {
  /** The recipient's public key, such as age1…. */
  readonly recipient: string;
  /** The encrypted key, as an armored age file. */
  readonly enc: string;
}

/** The version of SOPS whose file format is written. */
const sopsVersion = '3.13.3';

/** The keys whose values are encrypted. */
const encryptedRegex = '^(data|stringData)$';

/**
 * Encrypts the values of Secrets as sops does. The rest of a Secret stays readable, and its MAC protects it
 * against changes.
 *
 * @see https://getsops.io/docs/
 */
export function sopsCipher(dataKey: SopsDataKey, now: Date): Cipher {
  const recipients = dataKey.age.map(({ recipient }) => recipient).sort();
  return {
    backend: 'sops',
    recipients: `sops ${recipients.join(' ')}`,
    encrypt: (secret) => sopsFile(secret, dataKey, now),
    outline: (secret) => outlineOf(sopsFile(secret, dataKey, now)),
    outlineOf,
  };
}

function outlineOf(object: PlainObject): PlainObject {
  const { data, sops, ...others } = object;
  const rest = { ...others, data: outlineValues(data, isEncrypted) } as PlainObject;
  if (typeof sops !== 'object' || sops === null) return sops === undefined ? rest : { ...rest, sops };
  const { age, mac, lastmodified, version, ...metadata } = sops as Record<string, unknown>;
  const keys = (Array.isArray(age) ? age : [age]).map((each) => outlineValues(each, isAgeFile));
  const recipientOf = (key: unknown): string => String(Object(key).recipient);
  return {
    ...rest,
    sops: {
      ...metadata,
      mac: isEncrypted(mac) ? ciphertext : mac,
      lastmodified: isTime(lastmodified) ? ciphertext : lastmodified,
      version: isVersion(version) ? ciphertext : version,
      age: keys.sort((a, b) => (recipientOf(a) < recipientOf(b) ? -1 : 1)),
    },
  } as PlainObject;
}

const isEncrypted = formOf(/^ENC\[AES256_GCM,data:[\w+/=]+,iv:[\w+/=]+,tag:[\w+/=]+,type:str\]$/);
const isAgeFile = formOf(
  /^-----BEGIN AGE ENCRYPTED FILE-----\n[\w+/=\n]+-----END AGE ENCRYPTED FILE-----\n?$/,
);
const isTime = formOf(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const isVersion = formOf(/^\d+\.\d+\.\d+$/);

function formOf(form: RegExp): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && form.test(value);
}

function sopsFile(secret: PlainObject, { key, age }: SopsDataKey, now: Date): PlainObject {
  const mac = createHash('sha512');
  const isEncrypted = new RegExp(encryptedRegex);
  const encryptValues = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(([name, part]) => [
        name,
        encryptValues(part, [...path, name]),
      ]);
      return Object.fromEntries(entries);
    }
    if (typeof value !== 'string') throw new TypeError(`${path.join('.')} of a Secret is not a string.`);
    mac.update(value);
    return path.some((name) => isEncrypted.test(name)) ? encrypted(value, key, `${path.join(':')}:`) : value;
  };
  const content = encryptValues(secret, []) as PlainObject;
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

/** Encrypts a text. The path is additional authenticated data, so that a value cannot be moved to another key. */
function encrypted(text: string, key: Buffer, path: string): string {
  // sops does not encrypt an empty text.
  if (text === '') return text;
  const iv = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(path));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const [base64, iv64, tag64] = [data, iv, cipher.getAuthTag()].map((part) => part.toString('base64'));
  return `ENC[AES256_GCM,data:${base64},iv:${iv64},tag:${tag64},type:str]`;
}

/**
 * Creates a data key, and encrypts it for each recipient.
 *
 * @param cluster the name of the cluster, as the location of problems
 * @param problems receives every recipient that is not a usable public key
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
      problems.push(unusableRecipient(recipient, cluster));
      continue;
    }
    age.push({ recipient, enc: armor.encode(await encrypter.encrypt(new Uint8Array(key))) });
  }
  return { key, age };
}

function unusableRecipient(recipient: string, cluster: string): Problem {
  return {
    code: 'SECRET-RECIPIENT',
    location: { file: cluster },
    message: `${recipient} is not an age public key, or needs an age plugin, which is not supported.`,
    hint: 'Write the public key that age-keygen -y prints into sops.age.',
  };
}
