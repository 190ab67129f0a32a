import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PlainObject } from '../../src/kubernetes/manifest';
import { sealedSecretsScopes } from '../../src/mesh/secrets/sealed-secrets';
import { readSealingCertificate } from '../../src/pki/sealing-certificate';
import { sealedSecretsCipher } from '../../src/secrets/sealed-secrets';
import { isOnThePath } from '../on-the-path';
import { sealingPair, secret, unsealed } from './encryption/secret';

const pair = sealingPair();
const hasKubeseal = isOnThePath('kubeseal');

function seal(scope: (typeof sealedSecretsScopes)[number]): PlainObject {
  const reading = readSealingCertificate(pair.cert, 'cert.pem', new Date());
  if ('problem' in reading) throw new Error(reading.problem.message);
  return sealedSecretsCipher(reading.certificate, scope).encrypt(secret);
}

/** Decrypts a value as docs/developer/crypto.md of Sealed Secrets describes it. */
function decrypted(value: string, label: string): string {
  const bytes = Buffer.from(value, 'base64');
  const end = 2 + bytes.readUInt16BE(0);
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const key = privateDecrypt(
    { key: pair.key, ...padding, oaepLabel: Buffer.from(label) },
    bytes.subarray(2, end),
  );
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(end, -16)), decipher.final()]).toString('base64');
}

test.each([
  ['strict', 'istio-system/istio-remote-secret-cluster2'],
  ['namespace-wide', 'istio-system'],
  ['cluster-wide', ''],
] as const)('with scope %s, every value can be decrypted only with its label', (scope, label) => {
  const { encryptedData } = seal(scope).spec as { encryptedData: Record<string, string> };
  const values = Object.entries(encryptedData).map(([key, value]) => [key, decrypted(value, label)]);
  expect(Object.fromEntries(values)).toEqual(secret.data);
  for (const value of Object.values(encryptedData)) expect(() => decrypted(value, `${label}x`)).toThrow();
});

describe.skipIf(!hasKubeseal)('kubeseal', () => {
  test.each(sealedSecretsScopes)('decrypts it to the original Secret, scope %s', (scope) => {
    const { data, type, metadata } = unsealed(seal(scope), pair);
    const { name, namespace, labels, annotations } = metadata;
    const ofScope = scope === 'strict' ? {} : { [`sealedsecrets.bitnami.com/${scope}`]: 'true' };
    expect({ data, type, metadata: { name, namespace, labels, annotations } }).toEqual({
      // Go writes an empty byte slice as null.
      data: { ...secret.data, empty: null },
      type: secret.type,
      metadata: { ...secret.metadata, annotations: { ...secret.metadata.annotations, ...ofScope } },
    });
  });

  test('rejects it under another name, unless its scope allows the name', () => {
    const moved = (sealed: PlainObject) => ({
      ...sealed,
      metadata: { ...sealed.metadata, name: 'other' },
    });
    expect(() => unsealed(moved(seal('strict')), pair)).toThrow('no key could decrypt');
    expect(unsealed(moved(seal('namespace-wide')), pair).metadata.name).toBe('other');
  });

  test('rejects it with the key of another cluster', () => {
    expect(() => unsealed(seal('strict'), sealingPair())).toThrow('no key could decrypt');
  });
});

test.skipIf(hasKubeseal)('skipped: kubeseal is not installed', (context) => {
  context.skip();
});
