import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { istioMesh } from './program.mjs';

/** Prepares a folder with certificates and both outputs, and returns the digests of these, by variant. */
export async function prepare(folder) {
  const outputs = new Map();
  for (const variant of ['b', 'a']) {
    await succeed(folder, variant);
    outputs.set(variant, folder.output());
  }
  return outputs;
}

/** Synthesizes, and asserts that it succeeds. */
export async function succeed(folder, variant) {
  const result = await istioMesh(folder, 'synth', '--mesh-file', `${variant}.yaml`);
  assert.equal(result.status, 0, result.output);
  return result;
}

/** Asserts that an interrupted run has lost nothing and mixed nothing. */
export function expectWhole(folder, { certs, outputs }) {
  expectKept(folder, certs);
  for (const path of folder.files('certs').keys()) {
    if (/\/\.istio-mesh-/.test(path)) continue;
    const text = folder.text(path);
    if (path.endsWith('key.pem')) createPrivateKey(text);
    else
      for (const pem of text.match(/-----BEGIN .+?-----END CERTIFICATE-----\n/gs)) new X509Certificate(pem);
  }
  assert.deepEqual(folder.exposedKeys(), [], 'a key is readable by others');
  const present = folder.output();
  const known = [...outputs.values()];
  if (present !== undefined || known.length === 0) {
    assert.ok(present === undefined || known.includes(present), 'the output is mixed');
    return;
  }
  const moved = folder.names().filter((name) => name.startsWith('.dist.previous-'));
  assert.ok(
    moved.some((name) => known.includes(folder.output(name))),
    'the old output is lost',
  );
}

/** Asserts that the next run completes what an interrupted one has begun, and cleans up after it. */
export async function expectRecovery(folder, variant, outputs) {
  const certs = folder.files('certs');
  for (const path of certs.keys()) if (/\/\.istio-mesh-/.test(path)) certs.delete(path);
  folder.ageLeftovers();
  await succeed(folder, variant);
  expectKept(folder, certs);
  assert.deepEqual(folder.leftovers(), []);
  if (outputs.size > 0) assert.equal(folder.output(), outputs.get(variant));
  else expectOneMesh(folder);
}

/** Asserts that all clusters have one root, and that the output has the certificates of the folder. */
export function expectOneMesh(folder) {
  const root = folder.text('certs/root-cert.pem');
  for (const cluster of ['cluster1', 'cluster2', 'cluster3']) {
    assert.equal(folder.text('certs', cluster, 'root-cert.pem'), root);
    const certificate = new X509Certificate(folder.text('certs', cluster, 'ca-cert.pem'));
    assert.ok(certificate.verify(new X509Certificate(root).publicKey));
    assert.ok(certificate.checkPrivateKey(createPrivateKey(folder.text('certs', cluster, 'ca-key.pem'))));
  }
  for (const cluster of ['cluster1', 'cluster2']) {
    const secret = folder.text('dist', cluster, '20-cacerts.k8s.yaml');
    for (const part of ['ca-key', 'ca-cert', 'cert-chain', 'root-cert']) {
      const text = folder.text('certs', cluster, `${part}.pem`);
      assert.ok(secret.includes(Buffer.from(text).toString('base64')), `${cluster} has another ${part}`);
    }
  }
}

function expectKept(folder, certs) {
  const now = folder.files('certs');
  for (const [path, digest] of certs) assert.equal(now.get(path), digest, `${path} has changed`);
}
