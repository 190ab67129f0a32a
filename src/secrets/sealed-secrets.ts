import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { readText } from '../files/read-file';
import { systemErrorReason } from '../files/system-error';
import type { PlainObject } from '../kubernetes/manifest';
import type { SealedSecretsScope } from '../mesh/secrets/sealed-secrets';
import { readSealingCertificate, type SealingCertificate } from '../pki/sealing-certificate';
import { type Cipher, ciphertext, type LoadCipher, outlineValues } from './encryption/encrypted-secrets';
import { dataOf } from './mesh-secrets';

/** Loads the certificate of a cluster's Sealed Secrets controller. */
export const loadSealedSecretsCipher: LoadCipher = async (
  { name, secrets },
  { directory, now, problems },
) => {
  const { certificate: file, scope } = secrets.sealedSecrets;
  const reading = readCertificateFile(resolve(directory, file), file, name, now);
  if ('certificate' in reading) return sealedSecretsCipher(reading.certificate, scope);
  problems.push(reading.problem);
  return undefined;
};

function readCertificateFile(
  file: string,
  shown: string,
  cluster: string,
  now: Date,
): ReturnType<typeof readSealingCertificate> {
  try {
    return readSealingCertificate(readText(file, 'secret'), shown, now);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const reason = code === 'ENOENT' ? 'is missing' : `cannot be read: ${systemErrorReason(error)}`;
    return {
      problem: {
        code: 'SECRET-CERTIFICATE',
        location: { file: shown },
        message: `The certificate that encrypts the Secrets of ${cluster} ${reason}.`,
        hint: `Install the Sealed Secrets controller in ${cluster}, and fetch its certificate with istio-mesh join or kubeseal --fetch-cert.`,
      },
    };
  }
}

/**
 * Encrypts Secrets for the Sealed Secrets controller of one cluster, as kubeseal does.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md
 */
export function sealedSecretsCipher(certificate: SealingCertificate, scope: SealedSecretsScope): Cipher {
  const { publicKey, fingerprint } = certificate;
  return {
    backend: 'sealed-secrets',
    recipients: `sealed-secrets ${scope} ${fingerprint}`,
    encrypt: (secret) => sealedSecret(secret, scope, (value, label) => seal(value, publicKey, label)),
    outline: (secret) => sealedSecret(secret, scope, () => ciphertext),
    outlineOf: ({ spec, ...object }) => ({
      ...object,
      spec: {
        ...spec,
        encryptedData: outlineValues(spec?.encryptedData, (value) => isSealed(value, publicKey)),
      },
    }),
  };
}

function sealedSecret(
  secret: PlainObject,
  scope: SealedSecretsScope,
  encryptValue: (value: Buffer, label: string) => string,
): PlainObject {
  const { name, namespace, annotations } = secret.metadata;
  const label = labelOf(secret, scope);
  // The controller reads the scope from the object; kubeseal --validate and --re-encrypt read it from the template.
  const scopeAnnotation = scope === 'strict' ? {} : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
  const templateAnnotations = { ...annotations, ...scopeAnnotation };
  const encryptedData = dataOf(secret).map(([key, value]) => [
    key,
    encryptValue(Buffer.from(value, 'base64'), label),
  ]);
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace, ...fieldUnlessEmpty('annotations', scopeAnnotation) },
    spec: {
      encryptedData: Object.fromEntries(encryptedData),
      template: {
        metadata: {
          name,
          namespace,
          ...fieldUnlessEmpty('labels', secret.metadata.labels),
          ...fieldUnlessEmpty('annotations', templateAnnotations),
        },
        type: secret.type,
      },
    },
  };
}

/** The label of the encryption. Decryption fails with another label, so a value cannot be moved to another Secret. */
function labelOf({ metadata: { name, namespace } }: PlainObject, scope: SealedSecretsScope): string {
  if (scope === 'cluster-wide') return '';
  return scope === 'namespace-wide' ? `${namespace}` : `${namespace}/${name}`;
}

/** Returns the length of the encrypted key, the key encrypted with RSA, and the value encrypted with that key. */
function seal(value: Buffer, publicKey: KeyObject, label: string): string {
  const key = randomBytes(32);
  const encryptedKey = publicEncrypt(
    {
      key: publicKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from(label),
    },
    key,
  );
  // The key encrypts only this value, so a constant nonce is safe.
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(encryptedKey.length);
  const parts = [length, encryptedKey, cipher.update(value), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}

/** Whether a text has the form of what {@link seal} returns. */
function isSealed(text: unknown, publicKey: KeyObject): boolean {
  if (typeof text !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  const keyLength = (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  return bytes.length >= 2 + keyLength + tagLength && bytes.readUInt16BE(0) === keyLength;
}

/** The length of the authentication tag of AES-GCM, in bytes. */
const tagLength = 16;

function fieldUnlessEmpty<Key extends string>(
  key: Key,
  entries: Readonly<Record<string, string>> = {},
): { readonly [key in Key]?: Readonly<Record<string, string>> } {
  return Object.keys(entries).length === 0 ? {} : ({ [key]: entries } as { [key in Key]: typeof entries });
}
