import { describe, expect, test } from 'vitest';
import { validateCaCerts } from '../../../src/pki/checks/validate-ca-certs';
import { errorCodes } from '../../../src/problems/error-codes';
import type { MeshError, Problem } from '../../../src/problems/problem';
import { caCertsOf, opensslCa } from '../openssl';
import { brokenCaCerts } from './broken-ca-certs';
import { soundCaCerts } from './sound-ca-certs';

const day = 24 * 60 * 60_000;
const inDays = (days: number): Date => new Date(Date.now() + days * day);

async function problemsOf(...check: Parameters<typeof validateCaCerts>): Promise<readonly Problem[]> {
  return validateCaCerts(...check).then(
    () => [],
    (error: MeshError) => error.problems,
  );
}

describe('CA certificates that istiod rejects', () => {
  test.each(brokenCaCerts)('$what', async ({ caCerts, problems, inDays: days = 0 }) => {
    const reported = await problemsOf({ cluster1: caCerts }, { now: inDays(days) });
    expect(reported).toMatchObject(
      problems.map(([code, file, text]) => ({
        code,
        location: { file: `cluster1 ${file}` },
        message: expect.stringContaining(text),
      })),
    );
    for (const { message: text, hint } of reported) {
      expect(text).toMatch(/^[A-Z].*\.$/s);
      expect(hint).toMatch(/^[A-Z].*\.$/s);
      expect(text + hint).not.toContain('BEGIN');
    }
  });

  test('cover all error codes', () => {
    const ofFolders = ['CA-FILE', 'CA-UNKNOWN-FILE', 'CA-MISSING', 'CA-ROOT', 'CA-ROOT-LOST', 'CA-CLOCK'];
    const elsewhere = [
      ...ofFolders,
      'CA-ROTATION',
      'CA-WRITE',
      'CA-MODE',
      'CA-CRL',
      'CA-ROOTS-DIFFER',
      'CA-EXPIRING',
      'CA-LINE-ENDS',
    ];
    const codes = Object.keys(errorCodes).filter(
      (code) => code.startsWith('CA-') && !elsewhere.includes(code),
    );
    const covered = brokenCaCerts.flatMap(({ problems }) => problems.map(([code]) => code));
    expect([...new Set(covered)].sort()).toEqual(codes.sort());
  });
});

test.each(Object.entries(soundCaCerts))(
  'accepts CA certificates that istiod accepts: %s',
  async (_, caCerts) => {
    const checking = validateCaCerts({ cluster1: caCerts, cluster2: caCerts }, { now: inDays(2) });
    await expect(checking).resolves.toEqual([]);
  },
);

test('names files with the option fileOf', async () => {
  const root = opensslCa();
  const caCerts = caCertsOf(opensslCa({ issuer: root }), root);
  const fileOf = (cluster: string, part: string): string => `${part} of ${cluster}`;
  const problems = await problemsOf(
    { east: caCerts, west: { ...caCerts, caKey: '' } },
    { now: inDays(0), fileOf },
  );
  expect(problems.map(({ location }) => location)).toEqual([{ file: 'caKey of west' }]);
});

test('warns of mixed line endings', async () => {
  const root = opensslCa();
  const caCerts = caCertsOf(opensslCa({ issuer: root }), root);
  const certChain = caCerts.caCert.replaceAll('\n', '\r\n') + root.cert;
  const warnings = await validateCaCerts({ cluster1: { ...caCerts, certChain } }, { now: inDays(0) });
  expect(warnings).toMatchObject([{ code: 'CA-LINE-ENDS', location: { file: 'cluster1 cert-chain.pem' } }]);
});

describe('certificates that expire soon', () => {
  const root = opensslCa({ days: 100 });
  const lasting = (days: number) => caCertsOf(opensslCa({ issuer: root, days }), root);
  const caCerts = { cluster1: lasting(80), cluster2: lasting(90) };

  test.each([
    [40, []],
    [51, ['cluster1 ca-cert.pem']],
    [61, ['cluster1 ca-cert.pem', 'cluster2 ca-cert.pem']],
    [71, ['cluster1 ca-cert.pem', 'cluster1 root-cert.pem', 'cluster2 ca-cert.pem']],
  ])('cause one warning each during the last 30 days: in %d days', async (days, files) => {
    const warnings = await validateCaCerts(caCerts, { now: inDays(days) });
    expect(warnings.map(({ code, location }) => [code, location.file])).toEqual(
      files.map((file) => ['CA-EXPIRING', file]),
    );
  });

  test('are reported with the time', async () => {
    const [warning] = await validateCaCerts(caCerts, { now: inDays(78.5) });
    expect(warning?.message).toMatch(/^O=Istio, CN=Intermediate CA expires in 1 day, at 20/);
  });
});
