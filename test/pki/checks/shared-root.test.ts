import { expect, test } from 'vitest';
import type { CaCerts } from '../../../src/pki/ca-certs';
import { validateCaCerts } from '../../../src/pki/checks/validate-ca-certs';
import type { MeshError } from '../../../src/problems/problem';
import { caCertsOf, type OpensslCa, opensslCa } from '../openssl';

const [a, b] = [opensslCa(), opensslCa()];
const c = opensslCa({ subject: '/CN=Other Root CA' });

/** A cluster that is issued under one root and trusts others beside it. */
function cluster(root: OpensslCa, ...trusted: OpensslCa[]): CaCerts {
  const certs = [root, ...trusted].map(({ cert }) => cert);
  return { ...caCertsOf(opensslCa({ issuer: root }), root), rootCert: certs.join('') };
}

async function foundIn(caCerts: Record<string, CaCerts>): Promise<string[]> {
  return validateCaCerts(caCerts, { now: new Date() }).then(
    () => [],
    (error: MeshError) =>
      error.problems.map(({ code, location, message }) => `${code} ${location.file}: ${message}`),
  );
}

test('tells two roots of the same name apart', async () => {
  expect(await foundIn({ cluster1: cluster(a), cluster2: cluster(b) })).toEqual([
    'CA-ROOTS-DIFFER cluster2 root-cert.pem: It does not hold the root of cluster1, O=Istio, CN=Root CA, but another of the same name.',
  ]);
});

test('finds the one cluster whose root is not that of the others, wherever it stands', async () => {
  const others = { cluster2: cluster(a), cluster3: cluster(a) };
  const found =
    'CA-ROOTS-DIFFER cluster1 root-cert.pem: It does not hold the root of cluster2, cluster3, O=Istio, CN=Root CA.';
  expect(await foundIn({ cluster1: cluster(c), ...others })).toEqual([found]);
  expect(await foundIn({ ...others, cluster1: cluster(c) })).toEqual([found]);
});

test('lets roots be changed, step by step', async () => {
  expect(await foundIn({ cluster1: cluster(a, b), cluster2: cluster(a) })).toEqual([]);
  expect(await foundIn({ cluster1: cluster(a, b), cluster2: cluster(b, a) })).toEqual([]);
  expect(await foundIn({ cluster1: cluster(b), cluster2: cluster(b, a) })).toEqual([]);
});

test('finds the cluster that does not trust the next root yet', async () => {
  const caCerts = { cluster1: cluster(b, a), cluster2: cluster(a), cluster3: cluster(a, b) };
  expect(await foundIn(caCerts)).toEqual([
    'CA-ROOTS-DIFFER cluster2 root-cert.pem: It does not hold the root of cluster1, O=Istio, CN=Root CA, but another of the same name.',
  ]);
});

test('tells of a root that cannot be read only that', async () => {
  const broken = { ...cluster(a), rootCert: 'none\n' };
  const found = await foundIn({ cluster1: cluster(a), cluster2: broken });
  expect(found).toEqual(['CA-PEM cluster2 root-cert.pem: It holds no PEM block.']);
});
