import { constants, createCipheriv, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import type { PlainObject } from '../kubernetes/manifest';
import type { SealedSecretsScope } from '../mesh/secrets/sealed-secrets';
import type { SealingCertificate } from '../pki/sealing-certificate';
import { type Cipher, dataOf } from './encryption/cipher';

/**
 * Encrypts Secrets for the Sealed Secrets controller of one cluster, as kubeseal does.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md
 */
export function sealedSecrets(certificate: SealingCertificate, scope: SealedSecretsScope): Cipher {
  return {
    backend: 'sealed-secrets',
    recipients: `sealed-secrets ${scope} ${certificate.fingerprint}`,
    encrypt: (secret) => sealedSecret(secret, certificate.publicKey, scope),
  };
}

function sealedSecret(secret: PlainObject, publicKey: KeyObject, scope: SealedSecretsScope): PlainObject {
  const { name, namespace, annotations } = secret.metadata;
  const label = labelOf(secret, scope);
  // The controller reads the scope of the object, kubeseal --validate and --re-encrypt that of the template.
  const ofScope = scope === 'strict' ? {} : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
  const ofTemplate = { ...annotations, ...ofScope };
  const encryptedData = dataOf(secret).map(([key, value]) => [
    key,
    seal(Buffer.from(value, 'base64'), publicKey, label),
  ]);
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace, ...unlessEmpty('annotations', ofScope) },
    spec: {
      encryptedData: Object.fromEntries(encryptedData),
      template: {
        metadata: {
          name,
          namespace,
          ...unlessEmpty('labels', secret.metadata.labels),
          ...unlessEmpty('annotations', ofTemplate),
        },
        type: secret.type,
      },
    },
  };
}

/** What a value is bound to: in another place, its decryption fails. */
function labelOf({ metadata: { name, namespace } }: PlainObject, scope: SealedSecretsScope): string {
  if (scope === 'cluster-wide') return '';
  return scope === 'namespace-wide' ? `${namespace}` : `${namespace}/${name}`;
}

/** The length of the encrypted key, the key under RSA, and the value under that key. */
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
  // The key encrypts this one value, so that the nonce need not differ.
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(encryptedKey.length);
  const parts = [length, encryptedKey, cipher.update(value), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(parts).toString('base64');
}

function unlessEmpty<Key extends string>(
  key: Key,
  entries: Readonly<Record<string, string>> = {},
): { readonly [key in Key]?: Readonly<Record<string, string>> } {
  return Object.keys(entries).length === 0 ? {} : ({ [key]: entries } as { [key in Key]: typeof entries });
}
