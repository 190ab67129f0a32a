import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { PlainObject } from '../../../src/kubernetes/manifest';
import { isOnThePath } from '../../on-the-path';
import { filesOf } from '../../pki/certificates-folder';
import { EncryptedMesh, sealed } from './encrypted-mesh';

const repository = { url: 'https://github.com/acme/mesh.git' };

function objectIn({ directory }: EncryptedMesh, file: string): PlainObject {
  return parse(readFileSync(join(directory, file), 'utf8'));
}

test('annotations for GitOps tools are on the SealedSecret, not in its template, so that nothing is encrypted again', async () => {
  const place = new EncryptedMesh({ a: sealed, b: sealed });
  await place.synthesize();
  const before = filesOf(join(place.directory, 'encrypted'));
  await place.synthesize(place.mesh(undefined, { gitops: 'argocd', repository }));
  expect(filesOf(join(place.directory, 'encrypted'))).toEqual(before);
  const { metadata, spec } = objectIn(place, 'dist/a/20-cacerts.k8s.yaml');
  expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-wave': expect.any(String) });
  expect(JSON.stringify(spec)).not.toContain('argocd');
});

test.skipIf(!isOnThePath('sops'))('annotations for Flux are protected by the MAC of SOPS', async () => {
  const identity = await generateX25519Identity();
  const age = [await identityToRecipient(identity)];
  const place = new EncryptedMesh({ a: { backend: 'sops', sops: { age } } });
  await place.synthesize(place.mesh(undefined, { gitops: 'flux', repository }));
  const decrypted = execFileSync('sops', ['decrypt', join(place.directory, 'dist/a/20-cacerts.k8s.yaml')], {
    encoding: 'utf8',
    env: { ...process.env, SOPS_AGE_KEY: identity },
  });
  const { metadata, data } = parse(decrypted);
  expect(metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
  expect(Buffer.from(data['ca-key.pem'], 'base64').toString()).toBe(
    readFileSync(join(place.directory, 'certs/a/ca-key.pem'), 'utf8'),
  );
});
