import { expect, test } from 'vitest';
import { rotateIntermediates } from '../../../src/pki/rotation/rotate-intermediates';
import { RotatingMesh } from './rotating-mesh';

function rotate(rotating: RotatingMesh, ...clusters: string[]) {
  const { mesh, directory } = rotating;
  return rotateIntermediates(mesh, { directory, ...(clusters.length === 0 ? {} : { clusters }) });
}

test('replaces the intermediate certificates of all clusters under the same root', async () => {
  const rotating = await RotatingMesh.after(0);
  const before = rotating.files;
  expect((await rotate(rotating)).clusters).toEqual(['cluster1', 'cluster2']);
  await rotating.validate();
  const { files } = rotating;
  expect(Object.keys(files)).toEqual(Object.keys(before));
  for (const name of Object.keys(before)) {
    expect(files[name] === before[name]).toBe(name.endsWith('root-cert.pem') || name === 'root-key.pem');
  }
});

test('replaces that of one cluster', async () => {
  const rotating = await RotatingMesh.after(0);
  const before = rotating.files;
  await rotate(rotating, 'cluster2');
  const changed = Object.keys(before).filter((name) => rotating.files[name] !== before[name]);
  expect(changed).toEqual(['cluster2/ca-cert.pem', 'cluster2/ca-key.pem', 'cluster2/cert-chain.pem']);
});

test('completes an interrupted run first', async () => {
  const rotating = await RotatingMesh.after(0);
  const other = await RotatingMesh.after(0);
  await rotate(rotating, 'cluster1');
  const next = rotating.files;
  // As if the run had been killed after the key was replaced.
  for (const name of ['ca-key.pem', 'ca-cert.pem', 'cert-chain.pem', 'root-cert.pem']) {
    rotating.put({ [`next-intermediates/cluster2/${name}`]: next[`cluster1/${name}`] ?? '' });
  }
  rotating.put({ 'cluster2/ca-key.pem': next['cluster1/ca-key.pem'] ?? '' });
  await expect(rotating.validate()).rejects.toThrow('CA-KEY-MISMATCH');
  expect((await rotate(rotating)).clusters).toEqual(['cluster2']);
  await rotating.validate();
  expect(rotating.files['cluster2/ca-cert.pem']).toBe(next['cluster1/ca-cert.pem']);
  expect(Object.keys(rotating.files)).toEqual(Object.keys(other.files));
});

test('needs the key of the root', async () => {
  const rotating = await RotatingMesh.after(0);
  rotating.remove('root-key.pem');
  const before = rotating.files;
  await expect(rotate(rotating)).rejects.toThrow('certs/root-key.pem: CA-ROOT');
  expect(rotating.files).toEqual(before);
});

test('waits for the end of a rotation of the root', async () => {
  const rotating = await RotatingMesh.after(2);
  await expect(rotate(rotating)).rejects.toThrow('CA-ROTATION');
});

test('knows no other clusters', async () => {
  const rotating = await RotatingMesh.after(0);
  await expect(rotate(rotating, 'cluster3')).rejects.toThrow('MESH-UNKNOWN-CLUSTER');
});
