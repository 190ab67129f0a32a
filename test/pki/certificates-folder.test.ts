import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCaCerts } from '../../src/pki/certificates-folder';
import { validateCaCerts } from '../../src/pki/checks/validate-ca-certs';
import { temporaryFolder } from '../temporary-folder';
import { filesOf, meshOf, writeFiles } from './certificates-folder';
import { newKey, openssl, opensslCa, opensslVerify } from './openssl';

const clusterFiles = ['ca-cert.pem', 'ca-key.pem', 'cert-chain.pem', 'root-cert.pem'];

const issue = (directory: string, ...clusters: string[]) => loadCaCerts(meshOf(clusters), { directory });

function expectChains(certs: string, ...clusters: string[]): void {
  const root = readFileSync(join(certs, 'root-cert.pem'), 'utf8');
  for (const cluster of clusters) {
    opensslVerify(certs, cluster);
    const read = (name: string): string => readFileSync(join(certs, cluster, name), 'utf8');
    expect(read('root-cert.pem')).toBe(root);
    expect(read('cert-chain.pem')).toBe(read('ca-cert.pem') + root);
  }
}

describe('a folder that does not exist', () => {
  test('is created with the layout of Istio, and keys that only their owner can read', async () => {
    const directory = temporaryFolder();
    const { caCerts, issued, warnings } = await issue(directory, 'cluster1', 'cluster2');
    const certs = join(directory, 'certs');
    const files = filesOf(certs);
    const clusters = ['cluster1', 'cluster2'];
    const expected = clusters.flatMap((cluster) => clusterFiles.map((file) => `${cluster}/${file}`));
    expect(Object.keys(files)).toEqual([...expected, 'root-cert.pem', 'root-key.pem']);
    expect([...issued].sort()).toEqual(Object.keys(files).map((name) => `certs/${name}`));
    expect(warnings).toEqual([]);
    expect(caCerts.cluster2?.caKey).toBe(files['cluster2/ca-key.pem']);
    expectChains(certs, ...clusters);
    for (const name of Object.keys(files)) {
      expect(statSync(join(certs, name)).mode & 0o777).toBe(name.endsWith('key.pem') ? 0o600 : 0o644);
    }
    for (const folder of ['.', ...clusters]) expect(statSync(join(certs, folder)).mode & 0o777).toBe(0o700);
  });

  test('can be outside of the working directory', async () => {
    const directory = temporaryFolder();
    const mesh = meshOf(['cluster1'], { directory: '../pki/of/mesh1' });
    mkdirSync(join(directory, 'mesh'));
    const { issued } = await loadCaCerts(mesh, { directory: join(directory, 'mesh') });
    expect(issued[0]).toBe('../pki/of/mesh1/root-key.pem');
    expectChains(join(directory, 'pki/of/mesh1'), 'cluster1');
    expect(statSync(join(directory, 'pki')).mode & 0o077).not.toBe(0);
  });

  test.each([
    ['RSA-2048', '(2048 bit'],
    ['RSA-3072', '(3072 bit'],
    ['EC-P256', 'NIST CURVE: P-256'],
    ['EC-P384', 'NIST CURVE: P-384'],
  ] as const)('gets keys with the configured algorithm: %s', async (keyAlgorithm, kind) => {
    const directory = temporaryFolder();
    await loadCaCerts(meshOf(['cluster1'], { keyAlgorithm }), { directory });
    const certs = join(directory, 'certs');
    for (const key of ['root-key.pem', 'cluster1/ca-key.pem']) {
      expect(openssl(['pkey', '-noout', '-text', '-in', join(certs, key)])).toContain(kind);
    }
    expectChains(certs, 'cluster1');
  });

  test('is not created if issuing is disabled', async () => {
    const directory = temporaryFolder();
    const loading = loadCaCerts(meshOf(['cluster1']), { directory, issue: 'never' });
    await expect(loading).rejects.toMatchObject({
      problems: ['ca-cert.pem', 'ca-key.pem', 'root-cert.pem', 'cert-chain.pem'].map((file) => ({
        code: 'CA-MISSING',
        location: { file: `certs/cluster1/${file}` },
      })),
    });
    expect(filesOf(directory)).toEqual({});
  });
});

describe('a folder with certificates', () => {
  test('is not changed', async () => {
    const directory = temporaryFolder();
    await issue(directory, 'cluster1', 'cluster2');
    const before = filesOf(directory);
    const { issued } = await issue(directory, 'cluster1', 'cluster2');
    expect(issued).toEqual([]);
    expect(filesOf(directory)).toEqual(before);
  });

  test('gets certificates for another cluster under the same root', async () => {
    const directory = temporaryFolder();
    await issue(directory, 'cluster1', 'cluster2');
    const before = filesOf(directory);
    const { caCerts, issued } = await issue(directory, 'cluster1', 'cluster2', 'cluster3');
    expect(issued.map((file) => file.split('/')[1])).toEqual(Array(4).fill('cluster3'));
    expect(filesOf(directory)).toMatchObject(before);
    expectChains(join(directory, 'certs'), 'cluster1', 'cluster2', 'cluster3');
    await expect(validateCaCerts(caCerts, { now: new Date() })).resolves.toEqual([]);
  });

  test('needs no root when every cluster has its certificates', async () => {
    const directory = temporaryFolder();
    const { caCerts } = await issue(directory, 'cluster1', 'cluster2');
    rmSync(join(directory, 'certs/root-key.pem'));
    expect((await issue(directory, 'cluster1', 'cluster2')).caCerts).toEqual(caCerts);
    rmSync(join(directory, 'certs/root-cert.pem'));
    expect(await issue(directory, 'cluster1', 'cluster2')).toMatchObject({
      caCerts,
      issued: [],
      warnings: [],
    });
  });

  test('warns of keys that other users can read', async () => {
    const directory = temporaryFolder();
    await issue(directory, 'cluster1', 'cluster2');
    chmodSync(join(directory, 'certs/root-key.pem'), 0o604);
    chmodSync(join(directory, 'certs/cluster2/ca-key.pem'), 0o640);
    const { warnings } = await issue(directory, 'cluster1', 'cluster2');
    expect(warnings.map(({ code, location }) => [code, location.file])).toEqual([
      ['CA-MODE', 'certs/root-key.pem'],
      ['CA-MODE', 'certs/cluster2/ca-key.pem'],
    ]);
  });

  test('is cleaned of files that a killed process left behind, but not of files that may be in use', async () => {
    const directory = temporaryFolder();
    await issue(directory, 'cluster1');
    const abandoned = join(directory, 'certs/.istio-mesh-1');
    const inUse = join(directory, 'certs/.istio-mesh-2');
    for (const file of [abandoned, inUse]) writeFileSync(file, 'half a k');
    utimesSync(abandoned, new Date(), new Date(Date.now() - 120_000));
    await issue(directory, 'cluster1');
    expect(Object.keys(filesOf(join(directory, 'certs')))).not.toContain('.istio-mesh-1');
    expect(Object.keys(filesOf(join(directory, 'certs')))).toContain('.istio-mesh-2');
  });
});

describe('a folder that was created with openssl', () => {
  const rsa = (): string => newKey('-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048');

  function opensslFolder(key: () => string): string {
    const directory = temporaryFolder();
    const root = opensslCa({ key: key() });
    const files: Record<string, string> = {
      'root-key.pem': root.key,
      'root-cert.pem': root.cert,
      'root-ca.conf': '[ req ]\nencrypt_key = no\n',
      'root-cert.srl': '35DDA19E12AD9874D44E6C94EA338B6733013F73\n',
    };
    for (const cluster of ['cluster1', 'cluster2']) {
      const ca = opensslCa({ key: key(), issuer: root, subject: `/O=Istio/CN=Intermediate CA/L=${cluster}` });
      files[`${cluster}/ca-key.pem`] = ca.key;
      files[`${cluster}/ca-cert.pem`] = ca.cert;
      files[`${cluster}/root-cert.pem`] = root.cert;
      files[`${cluster}/cert-chain.pem`] = ca.cert + root.cert;
      files[`${cluster}/cluster-ca.csr`] = 'a request';
      files[`${cluster}/intermediate.conf`] = '[ req ]\n';
    }
    writeFiles(join(directory, 'certs'), files);
    return directory;
  }

  test.each([
    ['RSA', rsa],
    ['EC', newKey],
  ])('is accepted unchanged, and gets certificates for another cluster: %s', async (_, key) => {
    const directory = opensslFolder(() => key());
    const before = filesOf(directory);
    const loaded = await issue(directory, 'cluster1', 'cluster2');
    expect(loaded).toMatchObject({ issued: [], warnings: [] });
    await expect(validateCaCerts(loaded.caCerts, { now: new Date() })).resolves.toEqual([]);
    expect(filesOf(directory)).toEqual(before);

    const { caCerts } = await issue(directory, 'cluster1', 'cluster2', 'cluster3');
    expect(filesOf(directory)).toMatchObject(before);
    expectChains(join(directory, 'certs'), 'cluster1', 'cluster2', 'cluster3');
    await expect(validateCaCerts(caCerts, { now: new Date() })).resolves.toEqual([]);
  });
});

describe('a folder with missing files', () => {
  test.each([
    ['root-cert.pem'],
    ['cluster1/cert-chain.pem'],
    ['cluster1/root-cert.pem'],
    ['cluster1/root-cert.pem', 'cluster1/cert-chain.pem'],
  ])('gets the same files again: %s', async (...names) => {
    const directory = temporaryFolder();
    await issue(directory, 'cluster1', 'cluster2');
    const before = filesOf(directory);
    for (const name of names) rmSync(join(directory, 'certs', name));
    // A missing root-cert.pem is only restored when another cluster needs it.
    await issue(directory, 'cluster1', 'cluster2', 'cluster3');
    expect(filesOf(directory)).toMatchObject(before);
    expectChains(join(directory, 'certs'), 'cluster1', 'cluster2', 'cluster3');
  });

  test('gets certificates for its existing keys', async () => {
    const directory = temporaryFolder();
    const [rootKey, caKey] = [newKey(), newKey()];
    writeFiles(join(directory, 'certs'), { 'root-key.pem': rootKey, 'cluster1/ca-key.pem': caKey });
    const { caCerts } = await issue(directory, 'cluster1');
    expect(caCerts.cluster1?.caKey).toBe(caKey);
    expect(readFileSync(join(directory, 'certs/root-key.pem'), 'utf8')).toBe(rootKey);
    expectChains(join(directory, 'certs'), 'cluster1');
  });

  test('is not completed with files that do not match the existing ones', async () => {
    const directory = temporaryFolder();
    await issue(directory, 'cluster1', 'cluster2', 'cluster3');
    rmSync(join(directory, 'certs/cluster1/ca-key.pem'));
    rmSync(join(directory, 'certs/cluster2/ca-cert.pem'));
    rmSync(join(directory, 'certs/cluster3/ca-cert.pem'));
    rmSync(join(directory, 'certs/cluster3/cert-chain.pem'));
    writeFileSync(join(directory, 'certs/cluster3/ca-key.pem'), 'a key');
    const before = filesOf(directory);
    await expect(issue(directory, 'cluster1', 'cluster2', 'cluster3')).rejects.toMatchObject({
      problems: [
        { code: 'CA-MISSING', location: { file: 'certs/cluster1/ca-key.pem' } },
        { code: 'CA-MISSING', location: { file: 'certs/cluster2/ca-cert.pem' } },
        { code: 'CA-KEY', location: { file: 'certs/cluster3/ca-key.pem' } },
      ],
    });
    expect(filesOf(directory)).toEqual(before);
  });
});

describe('an unusable folder', () => {
  test('that is a file', async () => {
    const directory = temporaryFolder();
    writeFileSync(join(directory, 'certs'), '');
    await expect(issue(directory, 'cluster1')).rejects.toMatchObject({
      problems: [
        {
          code: 'CA-FILE',
          location: { file: 'certs' },
          message: 'It cannot be read: not a directory (ENOTDIR).',
        },
      ],
    });
  });

  test('that contains folders instead of files', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'certs/cluster1/ca-cert.pem'), { recursive: true });
    mkdirSync(join(directory, 'certs/root-key.pem'));
    await expect(issue(directory, 'cluster1')).rejects.toMatchObject({
      problems: ['cluster1/ca-cert.pem', 'root-key.pem'].map((name) => ({
        code: 'CA-FILE',
        location: { file: `certs/${name}` },
        message: 'It cannot be read: it is a folder.',
      })),
    });
  });

  test('that contains broken symbolic links', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'certs'));
    symlinkSync('/nowhere/root-key.pem', join(directory, 'certs/root-key.pem'));
    await expect(issue(directory, 'cluster1')).rejects.toMatchObject({
      problems: [{ code: 'CA-FILE', location: { file: 'certs/root-key.pem' } }],
    });
  });

  test('that is not writable', async () => {
    // Not even root can create a folder there.
    const loading = loadCaCerts(meshOf(['cluster1'], { directory: '/proc/certs' }), { directory: '.' });
    await expect(loading).rejects.toMatchObject({
      problems: [{ code: 'CA-WRITE', location: { file: '/proc/certs/root-key.pem' } }],
    });
  });
});

test('every chain of any clusters verifies, and every cluster has a different key', async () => {
  const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  const meshes = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(meshes, meshes, async (first, joining) => {
      const directory = temporaryFolder();
      await issue(directory, ...first);
      const all = [...new Set([...first, ...joining])];
      const { caCerts } = await issue(directory, ...all);
      expect(Object.keys(caCerts).sort()).toEqual([...all].sort());
      expectChains(join(directory, 'certs'), ...all);
      expect(new Set(Object.values(caCerts).map(({ caKey }) => caKey)).size).toBe(all.length);
      await expect(validateCaCerts(caCerts, { now: new Date() })).resolves.toEqual([]);
    }),
    { numRuns: 8 },
  );
});
