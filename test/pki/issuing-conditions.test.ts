import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { loadCaCerts } from '../../src/pki/certificates-folder';
import type { MeshError } from '../../src/problems/problem';
import { temporaryFolder } from '../temporary-folder';
import { filesOf, meshOf } from './certificates-folder';

const now = new Date('2026-11-25T12:00:00Z');
const day = 24 * 60 * 60_000;

type Options = Partial<Parameters<typeof loadCaCerts>[1]>;
const issue = (directory: string, clusters: readonly string[], options: Options = {}) =>
  loadCaCerts(meshOf(clusters), { directory, now, ...options });

async function problemsOf(issuing: Promise<unknown>): Promise<string[]> {
  return issuing.then(
    () => [],
    (error: MeshError) =>
      error.problems.map(({ code, location, hint }) => `${code} ${location.file}: ${hint}`),
  );
}

describe('a clock that is wrong', () => {
  test.each(['1970-01-01T00:00:00Z', '2025-12-31T23:59:59Z', '2080-01-01T00:00:00Z'])(
    'issues nothing: %s',
    async (time) => {
      const directory = temporaryFolder();
      expect(await problemsOf(issue(directory, ['cluster1'], { now: new Date(time) }))).toEqual([
        'CA-CLOCK certs: Correct the clock of this machine.',
      ]);
      expect(filesOf(directory)).toEqual({});
    },
  );

  test('is one before the newest certificate', async () => {
    const directory = temporaryFolder();
    await issue(directory, ['cluster1'], { now: new Date(now.getTime() - 10 * day) });
    await issue(directory, ['cluster1', 'cluster2']);
    const before = filesOf(directory);
    const earlier = issue(directory, ['cluster1', 'cluster2', 'cluster3'], {
      now: new Date(now.getTime() - day),
    });
    expect(await problemsOf(earlier)).toEqual(['CA-CLOCK certs: Correct the clock of this machine.']);
    expect(filesOf(directory)).toEqual(before);
  });
});

describe('certificates in the output of an earlier run', () => {
  const file = 'dist/cluster1/20-cacerts.k8s.yaml';
  const source = 'output' as const;

  test('of a root that is lost stop a new root', async () => {
    const directory = temporaryFolder();
    const evidence = [
      { cluster: 'cluster1', source, file, roots: ['AB'] },
      { cluster: 'cluster2', source, file: 'dist/cluster2/20-cacerts.k8s.yaml', roots: [] },
    ];
    const [problem = '', ...others] = await problemsOf(
      issue(directory, ['cluster1', 'cluster2'], { evidence: () => evidence }),
    );
    expect(problem).toMatch(
      /^CA-ROOT-LOST dist\/cluster1\/20-cacerts.k8s.yaml: Restore certs from a backup, or from this file: mkdir -p certs\/cluster1 && /,
    );
    expect(problem).toContain('run istio-mesh ca --new-root.');
    expect(others).toEqual([]);
    expect(filesOf(directory)).toEqual({});
  });

  test('of another root stop the certificate of their cluster', async () => {
    const directory = temporaryFolder();
    await issue(directory, ['cluster2']);
    const before = filesOf(directory);
    const evidence = [{ cluster: 'cluster1', source, file, roots: ['AB'] }];
    expect(
      await problemsOf(issue(directory, ['cluster1', 'cluster2'], { evidence: () => evidence })),
    ).toEqual([expect.stringMatching(/^CA-ROOT-LOST dist\/cluster1/)]);
    expect(filesOf(directory)).toEqual(before);
  });

  test('do not stop a certificate under their own root, or what exists', async () => {
    const directory = temporaryFolder();
    const { caCerts } = await issue(directory, ['cluster1']);
    const { rootsIn } = await import('../../src/secrets/encryption/secret-record');
    const evidence = [
      { cluster: 'cluster1', source, file, roots: rootsIn(caCerts.cluster1?.rootCert ?? '') },
    ];
    await expect(
      issue(directory, ['cluster1', 'cluster2'], { evidence: () => evidence }),
    ).resolves.toBeDefined();
    rmSync(join(directory, 'certs/cluster1'), { recursive: true });
    await expect(
      issue(directory, ['cluster1', 'cluster2'], { evidence: () => evidence }),
    ).resolves.toBeDefined();
  });

  test('are not read if no certificate is missing', async () => {
    const directory = temporaryFolder();
    await issue(directory, ['cluster1']);
    const evidence = vi.fn(() => []);
    await issue(directory, ['cluster1'], { evidence });
    expect(evidence).not.toHaveBeenCalled();
  });
});

test('with the key of the root offline, everything works except issuing', async () => {
  const directory = temporaryFolder();
  await issue(directory, ['cluster1', 'cluster2']);
  const [key, offline] = [join(directory, 'certs/root-key.pem'), join(directory, 'offline.pem')];
  renameSync(key, offline);
  await expect(issue(directory, ['cluster1', 'cluster2'])).resolves.toMatchObject({
    issued: [],
    warnings: [],
  });
  expect(await problemsOf(issue(directory, ['cluster1', 'cluster2', 'cluster3']))).toEqual([
    expect.stringMatching(/^CA-ROOT certs\/root-key.pem: /),
  ]);
  mkdirSync(join(directory, 'certs'), { recursive: true });
  writeFileSync(key, readFileSync(offline), { mode: 0o600 });
  const { issued } = await issue(directory, ['cluster1', 'cluster2', 'cluster3']);
  expect(issued).toHaveLength(4);
});
