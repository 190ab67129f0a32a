import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const definition = (...clusters: string[]): string => `meshID: mesh1
certificates: { keyAlgorithm: EC-P256, intermediateValidityDays: 100 }
clusters:
${clusters.map((name) => `  - { name: ${name}, network: ${name} }`).join('\n')}
`;

function meshFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mesh.yaml'), definition('cluster1', 'cluster2'));
  return folder;
}

test('issues missing certificates, and lists those of all clusters', () => {
  const folder = meshFolder();
  const { status, stdout, stderr } = istioMesh(folder, 'ca');
  expect(status).toBe(0);
  expect(stderr).toContain('Generating 3 EC-P256 keys\n');
  expect(stdout.match(/^ {2}certs\/.+\.pem$/gm)).toHaveLength(10);
  const read = (name: string) => new X509Certificate(readFileSync(join(folder, 'certs', name)));
  const root = read('root-cert.pem').fingerprint256;
  for (const cluster of ['cluster1', 'cluster2']) {
    const expiry = new Date(read(`${cluster}/ca-cert.pem`).validTo).toISOString().slice(0, 10);
    const row = `${cluster}  O=Istio, CN=Intermediate CA, L=${cluster}  ${expiry}  ${root}\n`;
    expect(stdout).toContain(row);
  }
  expect(existsSync(join(folder, 'dist'))).toBe(false);
});

test('reports that no certificate was missing', () => {
  const folder = meshFolder();
  istioMesh(folder, 'ca');
  const { stdout, stderr } = istioMesh(folder, 'ca');
  expect(stdout).toContain('No certificate was missing.\n');
  expect(stderr).toBe('');
});

test('issues into the folder of mesh.yaml', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'east'));
  writeFileSync(join(folder, 'east/mesh.yaml'), definition('cluster1'));
  expect(istioMesh(folder, 'ca', '--mesh-file', 'east/mesh.yaml').status).toBe(0);
  expect(existsSync(join(folder, 'east/certs/cluster1/cert-chain.pem'))).toBe(true);
});

test('warns about keys that other users can read', () => {
  const folder = meshFolder();
  istioMesh(folder, 'ca');
  chmodSync(join(folder, 'certs/cluster1/ca-key.pem'), 0o644);
  const { status, stderr } = istioMesh(folder, 'ca');
  expect(status).toBe(0);
  expect(stderr).toContain('Warning: certs/cluster1/ca-key.pem: CA-MODE: ');
  expect(stderr).toContain('chmod 600 certs/cluster1/ca-key.pem');
});

test('fails with all problems, located at the files', () => {
  const folder = meshFolder();
  istioMesh(folder, 'ca');
  const certs = join(folder, 'certs');
  writeFileSync(join(certs, 'cluster1/ca-key.pem'), readFileSync(join(certs, 'cluster2/ca-key.pem')));
  writeFileSync(join(certs, 'cluster2/cert-chain.pem'), readFileSync(join(certs, 'root-cert.pem')));
  const { status, stderr } = istioMesh(folder, 'ca');
  expect(status).toBe(1);
  expect(stderr).toContain('certs/cluster1/ca-key.pem: CA-KEY-MISMATCH: ');
  expect(stderr).toContain('certs/cluster2/cert-chain.pem: CA-CHAIN-ORDER: ');
  expect(stderr).toContain('2 problems found.');
  expect(stderr).not.toContain('BEGIN');
});

test('fails if a new cluster needs the missing key of the root certificate', () => {
  const folder = meshFolder();
  istioMesh(folder, 'ca');
  rmSync(join(folder, 'certs/root-key.pem'));
  writeFileSync(join(folder, 'mesh.yaml'), definition('cluster1', 'cluster2', 'cluster3'));
  const { status, stderr } = istioMesh(folder, 'ca');
  expect(status).toBe(1);
  expect(stderr).toContain(
    'certs/root-key.pem: CA-ROOT: The key of the root is missing, and cluster3 lacks ca-cert.pem',
  );
});

test('issues no second root certificate if encrypted certificates exist', () => {
  const folder = temporaryFolder();
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  const secrets = `secrets: { backend: sops, sops: { age: [${recipient}] } }\n`;
  writeFileSync(join(folder, 'mesh.yaml'), secrets + definition('cluster1'));
  istioMesh(folder, 'synth');
  rmSync(join(folder, 'certs'), { recursive: true });
  expect(istioMesh(folder, 'ca')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching('^No certificate was missing'),
  });
  writeFileSync(join(folder, 'mesh.yaml'), secrets + definition('cluster1', 'cluster2'));
  expect(istioMesh(folder, 'ca').stderr).toContain(
    'certs/root-key.pem: CA-ROOT: The key of the root is missing, and cluster2',
  );
  expect(existsSync(join(folder, 'certs'))).toBe(false);
});
