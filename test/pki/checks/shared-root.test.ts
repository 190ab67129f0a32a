import { expect, test } from 'vitest';
import type { CaCerts } from '../../../src/pki/ca-certs';
import { validateCaCerts } from '../../../src/pki/checks/validate-ca-certs';
import type { MeshError } from '../../../src/problems/problem';
import { caCertsOf, type OpensslCa, opensslCa } from '../openssl';

const [a, b] = [opensslCa(), opensslCa()];
const c = opensslCa({ subject: '/CN=Other Root CA' });

/** A cluster whose certificate is issued under one root, and that also trusts others. */
function cluster(root: OpensslCa, ...trusted: OpensslCa[]): CaCerts {
  const certs = [root, ...trusted].map(({ cert }) => cert);
  return { ...caCertsOf(opensslCa({ issuer: root }), root), rootCert: certs.join('') };
}

async function problemsOf(caCerts: Record<string, CaCerts>): Promise<string[]> {
  return validateCaCerts(caCerts, { now: new Date() }).then(
    () => [],
    (error: MeshError) =>
      error.problems.map(({ code, location, message }) => `${code} ${location.file}: ${message}`),
  );
}

test('distinguishes two roots of the same name', async () => {
  expect(await problemsOf({ cluster1: cluster(a), cluster2: cluster(b) })).toEqual([
    'CA-ROOTS-DIFFER cluster2 root-cert.pem: It does not contain the root of cluster1, O=Istio, CN=Root CA, but another root of the same name.',
  ]);
});

test('reports the only cluster with another root, wherever it is in the list', async () => {
  const others = { cluster2: cluster(a), cluster3: cluster(a) };
  const problems =
    'CA-ROOTS-DIFFER cluster1 root-cert.pem: It does not contain the root of cluster2, cluster3, O=Istio, CN=Root CA.';
  expect(await problemsOf({ cluster1: cluster(c), ...others })).toEqual([problems]);
  expect(await problemsOf({ ...others, cluster1: cluster(c) })).toEqual([problems]);
});

test('accepts every step of a root rotation', async () => {
  expect(await problemsOf({ cluster1: cluster(a, b), cluster2: cluster(a) })).toEqual([]);
  expect(await problemsOf({ cluster1: cluster(a, b), cluster2: cluster(b, a) })).toEqual([]);
  expect(await problemsOf({ cluster1: cluster(b), cluster2: cluster(b, a) })).toEqual([]);
});

test('reports the cluster that does not trust the next root yet', async () => {
  const caCerts = { cluster1: cluster(b, a), cluster2: cluster(a), cluster3: cluster(a, b) };
  expect(await problemsOf(caCerts)).toEqual([
    'CA-ROOTS-DIFFER cluster2 root-cert.pem: It does not contain the root of cluster1, O=Istio, CN=Root CA, but another root of the same name.',
  ]);
});

test('reports an unreadable root only as unreadable', async () => {
  const broken = { ...cluster(a), rootCert: 'none\n' };
  const problems = await problemsOf({ cluster1: cluster(a), cluster2: broken });
  expect(problems).toEqual(['CA-PEM cluster2 root-cert.pem: It contains no PEM block.']);
});
