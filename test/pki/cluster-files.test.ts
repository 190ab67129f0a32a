import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCaCerts } from '../../src/pki/certificates-folder';
import { validateCaCerts } from '../../src/pki/checks/validate-ca-certs';
import type { MeshError } from '../../src/problems/problem';
import { temporaryFolder } from '../temporary-folder';
import { filesOf, meshOf, writeFiles } from './certificates-folder';
import { caCertsOf, openssl, opensslCa } from './openssl';

const root = opensslCa();
const ca = opensslCa({ issuer: root });

function folderOf(files: Readonly<Record<string, string>>): string {
  const directory = temporaryFolder();
  writeFiles(join(directory, 'certs'), files);
  return directory;
}

const load = (directory: string, ...clusters: string[]) => loadCaCerts(meshOf(clusters), { directory });

async function problemsOf(loading: Promise<unknown>): Promise<string[]> {
  return loading.then(
    () => [],
    (error: MeshError) =>
      error.problems.map(
        ({ code, location, message, hint }) => `${code} ${location.file}: ${message} ${hint}`,
      ),
  );
}

describe('the files of a TLS Secret', () => {
  const tlsSecret = { 'cluster1/tls.crt': ca.cert, 'cluster1/tls.key': ca.key, 'cluster1/ca.crt': root.cert };

  test('are read as istiod reads them, and nothing is issued', async () => {
    const directory = folderOf(tlsSecret);
    const { caCerts, issued } = await load(directory, 'cluster1');
    expect(issued).toEqual([]);
    expect(caCerts).toEqual({ cluster1: caCertsOf(ca, root) });
    expect(filesOf(join(directory, 'certs'))).toEqual(tlsSecret);
  });

  test('are separated by a newline', async () => {
    const { caCerts } = await load(
      folderOf({ ...tlsSecret, 'cluster1/tls.crt': ca.cert.trimEnd() }),
      'cluster1',
    );
    expect(caCerts.cluster1?.certChain).toBe(ca.cert + root.cert);
  });

  test('have their own names in problems', async () => {
    const { caCerts, fileOf } = await load(
      folderOf({ ...tlsSecret, 'cluster1/tls.key': root.key }),
      'cluster1',
    );
    const checking = validateCaCerts(caCerts, { now: new Date(), fileOf });
    expect(await problemsOf(checking)).toEqual([
      expect.stringMatching(/^CA-KEY-MISMATCH certs\/cluster1\/tls.key: /),
    ]);
  });

  test.each(Object.keys(tlsSecret))('must be complete: without %s', async (missing) => {
    const directory = folderOf(tlsSecret);
    rmSync(join(directory, 'certs', missing));
    const before = filesOf(directory);
    expect(await problemsOf(load(directory, 'cluster1', 'cluster2'))).toEqual([
      expect.stringMatching(new RegExp(`^CA-MISSING certs/${missing}: `)),
    ]);
    expect(filesOf(directory)).toEqual(before);
  });

  test('must not be beside the files that end with .pem', async () => {
    const directory = folderOf({ ...tlsSecret, 'cluster1/ca-cert.pem': ca.cert });
    expect(await problemsOf(load(directory, 'cluster1'))).toEqual([
      expect.stringMatching(/^CA-UNKNOWN-FILE certs\/cluster1: .*, and ca-cert.pem. istiod would/),
    ]);
  });
});

describe('a file with a name that nothing reads', () => {
  test.each([
    ['cluster1/root-cert.crt', 'Rename it to root-cert.pem, or move'],
    ['cluster1/ca-cert.crt', 'Rename it to ca-cert.pem, or'],
    ['cluster1/CA_Cert.PEM', 'Rename it to ca-cert.pem, or'],
    ['cluster1/ca.key', 'Rename it to ca-key.pem, or'],
    ['cluster1/ca.pem', 'Rename it to ca-cert.pem, or'],
    ['cluster1/intermediate.pem', 'Rename it to ca-cert.pem, or'],
    ['cluster1/fullchain.pem', 'Rename it to cert-chain.pem, or'],
    ['cluster1/cert-chain.cer', 'Rename it to cert-chain.pem, or'],
    ['cluster1/crl.pem', 'Rename it to ca-crl.pem, or'],
    ['cluster1/tls.pem', 'Rename it to tls.'],
    ['cluster1/keystore.p12', 'Move it out of the certificates folder.'],
    ['cluster1/old/ca-cert.pem', 'Move it out of the certificates folder.'],
    ['root-cert.crt', 'Rename it to root-cert.pem, or'],
    ['root.key', 'Rename it to root-key.pem, or'],
    ['root-ca.pem', 'Rename it to root-cert.pem, or'],
  ])('is a problem, and nothing is issued: %s', async (name, hint) => {
    const directory = folderOf({ [name]: root.cert });
    const before = filesOf(directory);
    const shown = name.replace('/ca-cert.pem', '');
    expect(await problemsOf(load(directory, 'cluster1'))).toEqual([
      expect.stringMatching(new RegExp(`^CA-UNKNOWN-FILE certs/${shown}: .* ${hint.replaceAll('.', '\\.')}`)),
    ]);
    expect(filesOf(directory)).toEqual(before);
  });

  test('is no problem if an editor, the system, git or openssl left it', async () => {
    const names = [
      '.DS_Store',
      '.gitkeep',
      '.gitignore',
      'README',
      'README.md',
      'ca-cert.pem~',
      'ca-key.pem.bak',
      '#ca-cert.pem#',
    ];
    const others = [
      '.ca-cert.pem.swp',
      'cluster-ca.csr',
      'intermediate.conf',
      'ca-key.pem.age',
      'index.txt',
      'serial',
      'Thumbs.db',
    ];
    const all = [...names, ...others].flatMap((name) => [
      [name, ''],
      [`cluster1/${name}`, ''],
    ]);
    await expect(load(folderOf(Object.fromEntries(all)), 'cluster1')).resolves.toMatchObject({
      warnings: [],
    });
  });
});

test('ca-crl.pem is loaded', async () => {
  const directory = temporaryFolder();
  await load(directory, 'cluster1');
  writeFileSync(join(directory, 'certs/cluster1/ca-crl.pem'), 'a list');
  const { caCerts } = await load(directory, 'cluster1');
  expect(caCerts.cluster1?.caCrl).toBe('a list');
});

describe('nothing is issued', () => {
  test('if a check before fails, which gets the existing certificates and the names of the others', async () => {
    const directory = temporaryFolder();
    const { caCerts } = await load(directory, 'cluster1');
    const before = filesOf(directory);
    const seen: unknown[] = [];
    const loading = loadCaCerts(meshOf(['cluster1', 'cluster2']), {
      directory,
      beforeIssuing: async (complete, incomplete, fileOf) => {
        seen.push(complete, incomplete, fileOf('cluster1', 'caCert'));
        throw new Error('not now');
      },
    });
    await expect(loading).rejects.toThrow('not now');
    expect(seen).toEqual([caCerts, ['cluster2'], 'certs/cluster1/ca-cert.pem']);
    expect(filesOf(directory)).toEqual(before);
  });

  test.each([
    [
      'name constraints that exclude the trust domain',
      'nameConstraints=critical,excluded;URI:cluster.local',
      'exclude spiffe://cluster.local',
    ],
    [
      'name constraints without istiod',
      'nameConstraints=permitted;DNS:example.com',
      'do not permit istiod.istio-system.svc',
    ],
    ['an unknown critical extension', '1.2.3.4=critical,ASN1:NULL', 'has the critical extension 1.2.3.4'],
    [
      'extended key usage for servers',
      'extendedKeyUsage=serverAuth',
      'does not include both serverAuth and clientAuth',
    ],
  ])('under a root with %s', async (_, extension, found) => {
    const unfit = opensslCa({ extensions: ['basicConstraints=critical,CA:TRUE', extension] });
    const directory = folderOf({ 'root-cert.pem': unfit.cert, 'root-key.pem': unfit.key });
    const before = filesOf(directory);
    expect(await problemsOf(load(directory, 'cluster1'))).toEqual([expect.stringContaining(found)]);
    expect(filesOf(directory)).toEqual(before);
  });

  test.each(['P-224', 'brainpoolP256r1', 'secp256k1'])(
    'under a root with a key on the curve %s',
    async (curve) => {
      const key = openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`]);
      const directory = folderOf({ 'root-key.pem': key });
      expect(await problemsOf(load(directory, 'cluster1'))).toEqual([
        expect.stringMatching(/^CA-ROOT certs\/root-key.pem: /),
      ]);
      expect(readFileSync(join(directory, 'certs/root-key.pem'), 'utf8')).toBe(key);
    },
  );

  test.each([
    ['RSA-PSS', ['-pkeyopt', 'rsa_keygen_bits:2048']],
    ['ED25519', []],
    ['ED448', []],
    ['X25519', []],
  ])('with a key of type %s, of the root or of a cluster', async (type, options) => {
    const key = openssl(['genpkey', '-algorithm', type, ...options]);
    expect(await problemsOf(load(folderOf({ 'root-key.pem': key }), 'cluster1'))).toEqual([
      expect.stringMatching(/^CA-ROOT certs\/root-key.pem: /),
    ]);
    const ofCluster = folderOf({ 'cluster1/ca-key.pem': key });
    expect(await problemsOf(load(ofCluster, 'cluster1'))).toEqual([
      expect.stringMatching(/^CA-KEY certs\/cluster1\/ca-key.pem: /),
    ]);
    expect(Object.keys(filesOf(ofCluster))).toEqual(['certs/cluster1/ca-key.pem']);
  });
});
