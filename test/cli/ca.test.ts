import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf } from '../pki/certificates-folder';
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

describe('--new-root', () => {
  const rootIn = (folder: string, name = 'certs') =>
    new X509Certificate(readFileSync(join(folder, name, 'root-cert.pem'))).fingerprint256;

  test('replaces a root that is lost, and keeps the last copy of the old keys until the next synthesis', () => {
    const folder = meshFolder();
    istioMesh(folder, 'synth');
    const old = rootIn(folder);
    rmSync(join(folder, 'certs'), { recursive: true });
    const refused = istioMesh(folder, 'ca');
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('CA-ROOT-LOST') });
    expect(existsSync(join(folder, 'certs'))).toBe(false);
    const output = filesOf(join(folder, 'dist'));
    const { status, stdout, stderr } = istioMesh(folder, 'ca', '--new-root');
    expect(status).toBe(0);
    expect(stdout.match(/^ {2}certs\/.+\.pem$/gm)).toHaveLength(10);
    expect(stderr).toContain('Note: the next synthesis replaces the CA certificates in dist. Copy it first');
    expect(rootIn(folder)).not.toBe(old);
    expect(filesOf(join(folder, 'dist'))).toEqual(output);
    expect(istioMesh(folder, 'synth').status).toBe(0);
    const secret = readFileSync(join(folder, 'dist/cluster1/20-cacerts.k8s.yaml'), 'utf8');
    expect(secret).toContain(readFileSync(join(folder, 'certs/root-cert.pem')).toString('base64'));
  });

  test.each(['root-cert.pem', 'root-key.pem', 'cluster2'])(
    'is refused while the folder has %s, and changes nothing',
    (name) => {
      const folder = meshFolder();
      istioMesh(folder, 'ca');
      mkdirSync(join(folder, 'moved'));
      for (const each of ['root-cert.pem', 'root-key.pem', 'cluster1', 'cluster2']) {
        if (each !== name) renameSync(join(folder, 'certs', each), join(folder, 'moved', each));
      }
      const before = filesOf(folder);
      const { status, stderr } = istioMesh(folder, 'ca', '--new-root');
      expect(status).toBe(1);
      expect(stderr).toContain(`certs/${name}: CA-ROOT: The folder still has certificates`);
      expect(stderr).toContain('Move certs to another place, and keep it until every workload trusts');
      expect(filesOf(folder)).toEqual(before);
    },
  );

  test('is refused while the folder has a former cluster of the mesh', () => {
    const folder = meshFolder();
    istioMesh(folder, 'ca');
    for (const name of ['root-cert.pem', 'root-key.pem', 'cluster1'])
      rmSync(join(folder, 'certs', name), { recursive: true });
    renameSync(join(folder, 'certs/cluster2'), join(folder, 'certs/former'));
    const before = filesOf(folder);
    expect(istioMesh(folder, 'ca', '--new-root')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('certs/root-key.pem: CA-ROOT: The key of the root is missing'),
    });
    expect(filesOf(folder)).toEqual(before);
  });

  test('leaves encrypted records as they are, which the next synthesis replaces', () => {
    const folder = temporaryFolder();
    const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
    const secrets = `secrets: { backend: sops, sops: { age: [${recipient}] } }\n`;
    writeFileSync(join(folder, 'mesh.yaml'), secrets + definition('cluster1'));
    istioMesh(folder, 'synth');
    rmSync(join(folder, 'certs'), { recursive: true });
    const encrypted = filesOf(join(folder, 'encrypted'));
    expect(istioMesh(folder, 'ca', '--new-root').stdout).toMatch(/^Issued:/);
    expect(filesOf(join(folder, 'encrypted'))).toEqual(encrypted);
    expect(istioMesh(folder, 'synth').status).toBe(0);
    expect(filesOf(join(folder, 'encrypted'))).not.toEqual(encrypted);
  });
});

describe('a root that clusters had when they were joined', () => {
  /** A clone of a mesh without its certificates and output, whose clusters are joined again. */
  function clone(): string {
    const folder = meshFolder();
    istioMesh(folder, 'ca');
    mkdirSync(join(folder, 'remotes'));
    renameSync(join(folder, 'certs/root-cert.pem'), join(folder, 'remotes/cluster2.root-cert.pem'));
    rmSync(join(folder, 'certs'), { recursive: true });
    return folder;
  }

  test.each(['ca', 'synth'])('stops %s from issuing another one, which --new-root does', (command) => {
    const folder = clone();
    const { status, stderr } = istioMesh(folder, command);
    expect(status).toBe(1);
    expect(stderr).toContain(
      'remotes/cluster2.root-cert.pem: CA-ROOT-LOST: cluster2 had this root certificate when it was joined',
    );
    expect(stderr).toContain('kubectl --namespace istio-system get secret cacerts');
    expect(existsSync(join(folder, 'certs'))).toBe(false);
    expect(istioMesh(folder, 'ca', '--new-root').status).toBe(0);
    expect(istioMesh(folder, command).status).toBe(0);
  });

  test('does not stop a mesh with a root, or whose clusters were joined before they had one', () => {
    const folder = meshFolder();
    mkdirSync(join(folder, 'remotes'));
    expect(istioMesh(folder, 'ca').status).toBe(0);
    writeFileSync(
      join(folder, 'remotes/cluster1.root-cert.pem'),
      readFileSync(join(folder, 'certs/root-cert.pem')),
    );
    rmSync(join(folder, 'certs/cluster1'), { recursive: true });
    expect(istioMesh(folder, 'ca').status).toBe(0);
  });
});
