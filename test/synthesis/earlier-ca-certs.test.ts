import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { MeshError } from '../../src/problems/problem';
import { earlierCaCerts } from '../../src/synthesis/earlier-ca-certs';
import { earlierOutdir } from '../../src/synthesis/output-location';
import { synthesize } from '../../src/synthesis/synthesize';
import { isOnThePath } from '../on-the-path';
import { filesOf } from '../pki/certificates-folder';
import { temporaryFolder } from '../temporary-folder';

const definition = `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
`;

afterEach(() => vi.unstubAllEnvs());

/** A mesh whose output exists, but not its certificates. */
async function meshWithoutCertificates() {
  const directory = temporaryFolder();
  const [meshFile, outdir] = [join(directory, 'mesh.yaml'), join(directory, 'dist')];
  writeFileSync(meshFile, definition);
  await synthesize({ meshFile, outdir });
  const before = filesOf(join(directory, 'certs'));
  rmSync(join(directory, 'certs'), { recursive: true });
  const again = (): Promise<unknown> => synthesize({ meshFile, outdir });
  return { directory, outdir, before, again };
}

test('the output keeps the certificates of a root that is lost', async () => {
  const { directory, outdir, again } = await meshWithoutCertificates();
  const output = filesOf(outdir);
  await expect(again()).rejects.toMatchObject({
    problems: [{ code: 'CA-ROOT-LOST', location: { file: join(outdir, 'cluster1/20-cacerts.k8s.yaml') } }],
  });
  expect(filesOf(outdir)).toEqual(output);
  expect(Object.keys(filesOf(directory)).filter((file) => file.startsWith('certs'))).toEqual([]);
});

test.skipIf(!isOnThePath('kubectl'))(
  'the hint restores the certificates of a cluster (needs kubectl)',
  async () => {
    const { directory, before, again } = await meshWithoutCertificates();
    const error = await again().then(
      () => undefined,
      (reason: MeshError) => reason,
    );
    const command = /from this file: (.*)\. To replace/.exec(error?.problems[0]?.hint ?? '')?.[1] ?? '';
    for (const cluster of ['cluster1', 'cluster2']) {
      execFileSync('sh', ['-c', command.replaceAll('cluster1', cluster)], { cwd: directory, stdio: 'pipe' });
      for (const file of ['ca-cert.pem', 'ca-key.pem', 'root-cert.pem', 'cert-chain.pem']) {
        expect(readFileSync(join(directory, 'certs', cluster, file), 'utf8')).toBe(
          before[`${cluster}/${file}`],
        );
      }
    }
    await again();
  },
);

test('references to a store are no certificates', () => {
  const outdir = temporaryFolder();
  expect(earlierCaCerts(join(outdir, 'none'))).toEqual([]);
  writeFileSync(join(outdir, 'a file'), '');
  expect(earlierCaCerts(outdir)).toEqual([]);
});

test('a mesh in another folder has no output in this project, unless CDK8S_OUTDIR names it', () => {
  vi.stubEnv('CDK8S_OUTDIR', undefined);
  expect(['.', 'meshes/production', '..'].map(earlierOutdir)).toEqual(['dist', 'dist', 'dist']);
  expect(earlierOutdir(temporaryFolder())).toBeUndefined();
  vi.stubEnv('CDK8S_OUTDIR', 'manifests');
  expect(earlierOutdir(temporaryFolder())).toBe('manifests');
});
