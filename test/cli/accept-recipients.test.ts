import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatRemoteKubeconfig } from '../../src/remotes/remote-kubeconfig';
import { isOnThePath } from '../on-the-path';
import { filesOf } from '../pki/certificates-folder';
import { sealingPair, unsealed } from '../secrets/encryption/secret';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

function meshFolder(): string {
  const folder = temporaryFolder();
  for (const name of ['remotes', 'sealing-certificates']) mkdirSync(join(folder, name), { mode: 0o700 });
  for (const name of ['a', 'b']) {
    const kubeconfig = { server: `https://${name}.example.com:6443`, user: { token: `token-of-${name}` } };
    const text = formatRemoteKubeconfig(name, kubeconfig);
    writeFileSync(join(folder, `remotes/${name}.yaml`), text, { mode: 0o600 });
  }
  return folder;
}

function writeMesh(folder: string, secrets: string): void {
  const text = `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
secrets: ${secrets}
clusters:
  - { name: a, network: n1 }
  - { name: b, network: n2 }
`;
  writeFileSync(join(folder, 'mesh.yaml'), text);
}

const cacerts = (folder: string): string => readFileSync(join(folder, 'dist/a/20-cacerts.k8s.yaml'), 'utf8');

/** A change of recipients fails everywhere until it is accepted, and no file changes before. */
function expectAcceptance(folder: string, recipient: RegExp): void {
  const before = filesOf(folder);
  for (const command of ['synth', 'check']) {
    const { status, stderr } = istioMesh(folder, command);
    expect(status).toBe(1);
    expect(stderr).toMatch(/encrypted\/recipients.yaml: SECRET-NEW-RECIPIENT: The Secrets of /);
    expect(stderr).toMatch(recipient);
  }
  expect(filesOf(folder)).toEqual(before);
  const accepted = istioMesh(folder, 'secrets', '--accept-recipients');
  expect(accepted.status).toBe(0);
  expect(accepted.stderr).toMatch(recipient);
  expect(istioMesh(folder, 'synth').status).toBe(0);
  expect(istioMesh(folder, 'check').status).toBe(0);
}

test.skipIf(!isOnThePath('sops'))('a new age recipient can decrypt only after it is accepted', async () => {
  const folder = meshFolder();
  const [mine = '', others = ''] = await Promise.all([generateX25519Identity(), generateX25519Identity()]);
  const [recipient = '', other = ''] = await Promise.all([mine, others].map(identityToRecipient));
  const decrypt = (identity: string): { data: Record<string, string> } =>
    parse(
      execFileSync('sops', ['decrypt', join(folder, 'dist/a/20-cacerts.k8s.yaml')], {
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, HOME: temporaryFolder(), SOPS_AGE_KEY: identity },
      }),
    );
  writeMesh(folder, `{ backend: sops, sops: { age: [${recipient}] } }`);
  const first = istioMesh(folder, 'synth');
  expect(first.stdout + first.stderr).toContain(`a: ${recipient}`);
  writeMesh(folder, `{ backend: sops, sops: { age: [${recipient}, ${other}] } }`);
  expect(() => decrypt(others)).toThrow();
  expectAcceptance(folder, new RegExp(other));
  expect(decrypt(others)).toEqual(decrypt(mine));
  const key = Buffer.from(decrypt(others).data['ca-key.pem'] ?? '', 'base64').toString();
  expect(key).toBe(readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8'));
});

test.skipIf(!isOnThePath('kubeseal'))('another controller can decrypt only after it is accepted', () => {
  const folder = meshFolder();
  const [pair, other] = [sealingPair(), sealingPair()];
  const certificate = (name: string, cert: string) =>
    writeFileSync(join(folder, `sealing-certificates/${name}.pem`), cert);
  for (const name of ['a', 'b']) certificate(name, pair.cert);
  writeMesh(folder, '{ backend: sealed-secrets }');
  expect(istioMesh(folder, 'synth').status).toBe(0);
  certificate('a', other.cert);
  expect(() => unsealed(parse(cacerts(folder)), other)).toThrow('no key could decrypt');
  expectAcceptance(folder, /sealed-secrets strict [0-9a-f]{64}/);
  const { data } = unsealed(parse(cacerts(folder)), other) as unknown as { data: Record<string, string> };
  expect(Buffer.from(data['ca-key.pem'] ?? '', 'base64').toString()).toBe(
    readFileSync(join(folder, 'certs/a/ca-key.pem'), 'utf8'),
  );
});
