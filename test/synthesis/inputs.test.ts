import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { ClusterDefinition } from '../../src/mesh/definition';
import type { SecretsDefinition } from '../../src/mesh/secrets/definition';
import { loadCaCerts } from '../../src/pki/certificates-folder';
import { loadInputs } from '../../src/synthesis/inputs';
import { temporaryFolder } from '../temporary-folder';

const inStore: SecretsDefinition = {
  backend: 'external-secrets',
  externalSecrets: { store: { name: 'vault' } },
};
const inCluster: SecretsDefinition = {
  backend: 'cert-manager',
  remoteSecrets: 'plain',
  certManager: { issuer: { name: 'mesh-root' } },
};

function meshOf(backends: Readonly<Record<string, SecretsDefinition>>) {
  const clusters = Object.entries(backends).map(
    ([name, secrets]): ClusterDefinition => ({ name, network: name, secrets }),
  );
  return defineMesh({ meshID: 'mesh1', certificates: { keyAlgorithm: 'EC-P256' }, clusters });
}

test('a mesh without certificates in its output issues none, and writes no file', async () => {
  const directory = temporaryFolder();
  const inputs = await loadInputs(meshOf({ a: inStore, b: inCluster }), { directory });
  expect(inputs).toMatchObject({ caCerts: {}, issued: [] });
  expect(readdirSync(directory)).toEqual([]);
});

test('only the certificates that are part of the output are issued', async () => {
  const directory = temporaryFolder();
  const mesh = meshOf({ a: {}, b: inStore, c: inCluster });
  expect(Object.keys((await loadInputs(mesh, { directory })).caCerts)).toEqual(['a']);
  expect(readdirSync(join(directory, 'certs')).sort()).toEqual(['a', 'root-cert.pem', 'root-key.pem']);
});

test('loadCaCerts also issues the certificates of a store, with the same root, but none of cert-manager', async () => {
  const directory = temporaryFolder();
  const mesh = meshOf({ a: {}, b: inStore, c: inCluster });
  const { caCerts: before } = await loadInputs(mesh, { directory });
  const { caCerts } = await loadCaCerts(mesh, { directory });
  expect(Object.keys(caCerts)).toEqual(['a', 'b']);
  expect(caCerts.b?.rootCert).toBe(before.a?.rootCert);
  expect(existsSync(join(directory, 'certs/c'))).toBe(false);
});

test('nothing is issued beside certificates with problems', async () => {
  const directory = temporaryFolder();
  await loadInputs(meshOf({ a: {} }), { directory });
  writeFileSync(join(directory, 'certs/a/cert-chain.pem'), 'no certificate\n');
  await expect(loadInputs(meshOf({ a: {}, b: {} }), { directory })).rejects.toMatchObject({
    problems: [{ code: 'CA-PEM', location: { file: 'certs/a/cert-chain.pem' } }],
  });
  expect(existsSync(join(directory, 'certs/b'))).toBe(false);
});
