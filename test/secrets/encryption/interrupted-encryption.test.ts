import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { EncryptedSecretsFolder } from '../../../src/secrets/encryption/encrypted-secrets-folder';
import { filesOf } from '../../pki/certificates-folder';
import { EncryptedMesh, sops } from './encrypted-mesh';

test.each(['write', 'writeRecipients'] as const)(
  'the first synthesis, interrupted in %s, is completed by the next one',
  async (method) => {
    const place = new EncryptedMesh({ a: sops, b: sops });
    rmSync(join(place.directory, 'remotes'), { recursive: true });
    vi.spyOn(EncryptedSecretsFolder.prototype, method).mockImplementationOnce(() => {
      throw new Error('interrupted');
    });
    await expect(place.synthesize()).rejects.toThrow('interrupted');
    await place.synthesize();
    expect(Object.keys(filesOf(join(place.directory, 'encrypted'))).sort()).toEqual([
      'a/20-cacerts.yaml',
      'b/20-cacerts.yaml',
      'recipients.yaml',
    ]);
  },
);
