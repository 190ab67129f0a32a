import { expect, test } from 'vitest';
import { validateCaCerts } from '../../../src/pki/checks/validate-ca-certs';
import type { MeshError } from '../../../src/problems/problem';
import { caCertsVerdicts, hasGo } from '../go/verdicts';
import { caCertsOf, opensslCa } from '../openssl';
import { listOf } from '../revocation-list';

const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
const root = opensslCa({ extensions });
const ca = opensslCa({ issuer: root, extensions });
const caCerts = caCertsOf(ca, root);

const lists = listOf(root, 30) + listOf(ca, 30);
const day = 24 * 60 * 60_000;

async function problemsOf(caCrl: string, inDays = 0, texts = caCerts): Promise<string[]> {
  const now = new Date(Date.now() + inDays * day);
  return validateCaCerts({ cluster1: { ...texts, caCrl } }, { now }).then(
    () => [],
    (error: MeshError) =>
      error.problems.map(({ code, location, message }) => `${code} ${location.file}: ${message}`),
  );
}

test('accepts a current list of each CA in the chain', async () => {
  expect(await problemsOf(lists)).toEqual([]);
  const other = opensslCa({ issuer: root, extensions, subject: '/CN=Other' });
  expect(await problemsOf(listOf(root, 30, other) + listOf(ca, 30))).toEqual([]);
});

test.each<[what: string, list: string, message: string, inDays?: number]>([
  ['nothing', '', 'It contains no PEM block.'],
  ['a certificate', ca.cert, 'PEM block 1, labelled CERTIFICATE, is not a list of revoked certificates.'],
  ['no list of the root', listOf(ca, 30), 'It has no list that is signed by O=Istio, CN=Root CA.'],
  [
    'a list of another CA',
    listOf(opensslCa({ extensions }), 30) + listOf(ca, 30),
    'It has no list that is signed by O=Istio, CN=Root CA.',
  ],
  ['an expired list', listOf(root, 5) + listOf(ca, 30), 'The list of O=Istio, CN=Root CA expired at 20', 6],
  ['the CA of the cluster', listOf(root, 30, ca) + listOf(ca, 30), 'O=Istio, CN=Intermediate CA is revoked.'],
])('rejects %s', async (_, list, message, inDays) => {
  expect(await problemsOf(list, inDays)).toEqual([
    expect.stringContaining(`CA-CRL cluster1 ca-crl.pem: ${message}`),
  ]);
});

test('requires the lists of the CAs of all clusters in every cluster', async () => {
  const other = opensslCa({ issuer: root, extensions, subject: '/O=Istio/CN=Other' });
  const meshWith = async (caCrl: string, caCrlOfOther = caCrl) => {
    const mesh = {
      cluster1: { ...caCerts, caCrl },
      cluster2: { ...caCertsOf(other, root), caCrl: caCrlOfOther },
    };
    return validateCaCerts(mesh, { now: new Date() }).then(
      () => [],
      (error: MeshError) =>
        error.problems.map(({ code, location, message }) => `${code} ${location.file}: ${message}`),
    );
  };
  const all = lists + listOf(other, 30);
  expect(await meshWith(all)).toEqual([]);
  expect(await meshWith(lists, all)).toEqual([
    'CA-CRL cluster1 ca-crl.pem: It does not have the lists of all CAs of cluster2, so proxies of cluster1 would reject all certificates of cluster2.',
  ]);
});

test('rejects a list whose CA may not sign lists', async () => {
  const above = opensslCa();
  const lowest = opensslCa({ issuer: above, extensions });
  expect(await problemsOf(listOf(above, 30) + listOf(lowest, 30), 0, caCertsOf(lowest, above))).toEqual([
    'CA-CRL cluster1 ca-crl.pem: The key usage of O=Istio, CN=Root CA does not include cRLSign.',
  ]);
});

test.skipIf(!hasGo)('reads lists as istiod does (needs go)', async () => {
  const damaged = lists.replace(/\n.{64}\n(?!-)/, '\n');
  const all = [lists, listOf(root, 30), ca.cert, damaged, ''];
  const theirs = caCertsVerdicts(all.map((caCrl) => ({ ...caCerts, caCrl })));
  const ours = await Promise.all(all.map((caCrl) => problemsOf(caCrl)));
  // istiod ignores an empty file, and Envoy rejects it.
  expect(theirs.map((error) => error === '')).toEqual([true, false, false, false, true]);
  expect(ours.map((problems) => problems.length === 0)).toEqual([true, false, false, false, false]);
});
