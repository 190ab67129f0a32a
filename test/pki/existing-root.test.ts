import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCaCerts } from '../../src/pki/certificates-folder';
import { temporaryFolder } from '../temporary-folder';
import { filesOf, meshOf, writeFiles } from './certificates-folder';
import { newKey, openssl, opensslCa } from './openssl';

const issue = (directory: string, ...clusters: string[]) => loadCaCerts(meshOf(clusters), { directory });

describe('a root that cannot issue', () => {
  const other = opensslCa({ subject: '/O=Istio/CN=Root CA' });
  const sign = 'keyUsage=critical,keyCertSign';

  async function rejection(change: (certs: string) => void): Promise<unknown> {
    const directory = temporaryFolder();
    await issue(directory, 'cluster1');
    change(join(directory, 'certs'));
    const before = filesOf(directory);
    const error = await issue(directory, 'cluster1', 'cluster2').catch((reason: unknown) => reason);
    expect(filesOf(directory)).toEqual(before);
    return error;
  }

  const put = (certs: string, ca: { cert: string; key: string }): void =>
    writeFiles(certs, { 'root-cert.pem': ca.cert, 'root-key.pem': ca.key });

  test.each<[what: string, file: string, found: string, change: (certs: string) => void]>([
    [
      'its key is missing',
      'root-key.pem',
      'The key of the root is missing, and cluster2 lacks ca-cert.pem, ca-key.pem, root-cert.pem, cert-chain.pem.',
      (certs) => rmSync(join(certs, 'root-key.pem')),
    ],
    [
      'its key and certificate are missing',
      'root-key.pem',
      'The key of the root is missing, and cluster2 lacks',
      (certs) => ['root-key.pem', 'root-cert.pem'].map((name) => rmSync(join(certs, name))),
    ],
    [
      'its key and certificate are missing, and only a former cluster of the mesh has it',
      'root-key.pem',
      'The key of the root is missing, and cluster1 lacks',
      (certs) => {
        for (const name of ['root-key.pem', 'root-cert.pem']) rmSync(join(certs, name));
        renameSync(join(certs, 'cluster1'), join(certs, 'cluster0'));
      },
    ],
    [
      'the key belongs to another root',
      'root-key.pem',
      'It does not belong to any certificate in root-cert.pem.',
      (certs) => writeFiles(certs, { 'root-key.pem': other.key }),
    ],
    [
      'the key belongs to another root, and the certificate is missing',
      'root-cert.pem',
      'The certificate of the root is missing, and root-key.pem does not match the root of cluster1.',
      (certs) => {
        rmSync(join(certs, 'root-cert.pem'));
        writeFiles(certs, { 'root-key.pem': other.key });
      },
    ],
    [
      'the other clusters have another root',
      'root-cert.pem',
      'O=Istio, CN=Root CA is not the root of cluster1.',
      (certs) => put(certs, other),
    ],
    [
      'the key is encrypted',
      'root-key.pem',
      'Its first PEM block is labelled ENCRYPTED PRIVATE KEY.',
      (certs) => {
        const key = readFileSync(join(certs, 'root-key.pem'), 'utf8');
        const encrypted = openssl(['pkcs8', '-topk8', '-passout', 'pass:secret'], key);
        writeFiles(certs, { 'root-key.pem': encrypted });
      },
    ],
    [
      'the key is neither RSA nor EC',
      'root-key.pem',
      'It is of type ed25519.',
      (certs) => put(certs, { cert: other.cert, key: newKey('-algorithm', 'ED25519') }),
    ],
    [
      'it is not a CA',
      'root-cert.pem',
      'O=Istio, CN=Root CA is not allowed to sign certificates.',
      (certs) => put(certs, opensslCa({ extensions: ['basicConstraints=CA:FALSE'] })),
    ],
    [
      'its key usage forbids it',
      'root-cert.pem',
      'O=Istio, CN=Root CA is not allowed to sign certificates.',
      (certs) =>
        put(certs, opensslCa({ extensions: ['basicConstraints=CA:TRUE', 'keyUsage=digitalSignature'] })),
    ],
    [
      'its path length forbids it',
      'root-cert.pem',
      'O=Istio, CN=Root CA has path length 0, so it cannot issue CA certificates.',
      (certs) => put(certs, opensslCa({ extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0', sign] })),
    ],
    [
      'its certificate does not end with a newline',
      'root-cert.pem',
      'It does not end with a newline.',
      (certs) => writeFiles(certs, { 'root-cert.pem': other.cert.trimEnd(), 'root-key.pem': other.key }),
    ],
  ])('is rejected before anything is written: %s', async (_, file, found, change) => {
    const location = { file: `certs/${file}` };
    const problems = [{ code: 'CA-ROOT', location, message: expect.stringContaining(found) }];
    expect(await rejection(change)).toMatchObject({ problems });
  });

  test('is rejected when it has expired', async () => {
    const directory = temporaryFolder();
    await loadCaCerts(meshOf(['cluster1'], { rootValidityDays: 10 }), { directory });
    const now = new Date(Date.now() + 11 * 24 * 60 * 60_000);
    const joining = loadCaCerts(meshOf(['cluster1', 'cluster2']), { directory, now });
    await expect(joining).rejects.toMatchObject({
      problems: [{ code: 'CA-ROOT', location: { file: 'certs/root-cert.pem' } }],
    });
  });
});
