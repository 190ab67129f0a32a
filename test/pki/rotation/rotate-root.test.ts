import { createPrivateKey } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { issueRootCertificate } from '../../../src/pki/ca-certificate';
import { randomSerialNumber } from '../../../src/pki/sign-certificate';
import type { MeshError } from '../../../src/problems/problem';
import { meshOf } from '../certificates-folder';
import { caCertsOf, newKey, opensslCa, opensslVerify } from '../openssl';
import { RotatingMesh } from './rotating-mesh';

const clusters = ['cluster1', 'cluster2'];

function expiredRoot(): string {
  const privateKey = createPrivateKey(newKey());
  const now = new Date('2026-02-01T00:00:00Z');
  return issueRootCertificate({ privateKey, now, validityDays: 1, serialNumber: randomSerialNumber() });
}

function problemsOf(work: Promise<unknown>): Promise<string[]> {
  return work.then(
    () => [],
    (error: MeshError) => error.problems.map(({ code, location }) => `${code} ${location.file}`),
  );
}

describe('a rotation of the root', () => {
  test('issues the next root, and changes no cluster', async () => {
    const rotating = await RotatingMesh.after(0);
    const before = rotating.files;
    const { phase, files } = await rotating.forward();
    expect(phase).toBeUndefined();
    expect(files).toEqual(['certs/next-root/root-key.pem', 'certs/next-root/root-cert.pem']);
    expect(rotating.files).toMatchObject(before);
    expect((await rotating.read()).state).toBe('staged');
  });

  test('goes through phases in which all clusters trust each other', async () => {
    const rotating = await RotatingMesh.after(1);
    const before = rotating.files;
    const [old, next] = [before['root-cert.pem'] ?? '', before['next-root/root-cert.pem'] ?? ''];
    const expected = [
      ['both-roots', old + next, old],
      ['new-issuer', `${old + next}\n`, next],
      ['new-root', next, next],
    ] as const;
    for (const [phase, trusted, issuer] of expected) {
      expect(await rotating.forward()).toMatchObject({ phase, clusters });
      await rotating.validate();
      expect(rotating.files['root-cert.pem']).toBe(trusted);
      for (const cluster of clusters) {
        expect(rotating.files[`${cluster}/root-cert.pem`]).toBe(trusted);
        expect(rotating.files[`${cluster}/cert-chain.pem`]).toBe(
          `${rotating.files[`${cluster}/ca-cert.pem`]}${issuer}`,
        );
        opensslVerify(join(rotating.directory, 'certs'), cluster);
      }
    }
    expect(rotating.files['root-key.pem']).toBe(before['next-root/root-key.pem']);
    expect(Object.keys(rotating.files).filter((name) => name.startsWith('next-root'))).toEqual([]);
  });

  // istiod 1.29 takes a bundle only if it contains the one before, or the other way around.
  test('changes the roots of a cluster only to bundles that istiod 1.29 takes, also on the way back', async () => {
    const rotating = await RotatingMesh.after(1);
    const steps = [
      'forward',
      'forward',
      'back',
      'forward',
      'back',
      'back',
      'forward',
      'forward',
      'forward',
    ] as const;
    for (const step of steps) {
      const before = rotating.files['cluster1/root-cert.pem'] ?? '';
      await rotating[step]();
      const after = rotating.files['cluster1/root-cert.pem'] ?? '';
      expect(after.includes(before) || before.includes(after)).toBe(true);
      expect(after).not.toBe(before);
    }
  });

  test('changes the bundle with the issuer, so that proxies renew their certificates', async () => {
    const rotating = await RotatingMesh.after(2);
    const before = rotating.files['cluster1/root-cert.pem'];
    await rotating.forward();
    expect(rotating.files['cluster1/root-cert.pem']).not.toBe(before);
  });

  test('keeps the old root, and starts no other rotation before it is gone', async () => {
    const rotating = await RotatingMesh.after(4);
    expect((await rotating.read()).state).toBe('finished');
    expect(await problemsOf(rotating.forward())).toEqual(['CA-ROTATION certs/old-root']);
    rotating.remove('old-root');
    expect((await rotating.read()).state).toBe('none');
  });

  test('can change the issuers of some clusters first', async () => {
    const rotating = await RotatingMesh.after(2);
    expect((await rotating.forward('cluster2')).clusters).toEqual(['cluster2']);
    await rotating.validate();
    expect(await rotating.phases()).toEqual({ cluster1: 'both-roots', cluster2: 'new-issuer' });
    expect((await rotating.forward()).clusters).toEqual(['cluster1']);
    expect(await problemsOf(rotating.forward('cluster1'))).toEqual(['CA-ROTATION certs']);
  });

  test('issues for a cluster that is added meanwhile what the others have', async () => {
    for (const steps of [2, 3, 4]) {
      const rotating = await RotatingMesh.after(steps);
      rotating.mesh = meshOf([...clusters, 'cluster3']);
      await rotating.issue();
      await rotating.validate();
      const [phase] = Object.values(await rotating.phases());
      expect(await rotating.phases()).toMatchObject({ cluster3: phase });
    }
  });

  test('takes an added cluster along, in both directions', async () => {
    const rotating = await RotatingMesh.after(3);
    rotating.mesh = meshOf([...clusters, 'cluster3']);
    await rotating.issue();
    await rotating.back();
    await rotating.validate();
    expect(await rotating.phases()).toMatchObject({ cluster3: 'both-roots' });
    for (const step of ['back', 'forward', 'forward', 'forward'] as const) {
      await rotating[step]();
      await rotating.validate();
    }
    expect(await rotating.phases()).toMatchObject({ cluster3: 'new-root' });
  });

  test('keeps keys readable only by their owner', async () => {
    const rotating = await RotatingMesh.after(3);
    const keys = Object.keys(rotating.files).filter((name) => name.endsWith('key.pem'));
    expect(keys).toHaveLength(9);
    for (const key of keys) {
      expect(statSync(join(rotating.directory, 'certs', key)).mode & 0o777).toBe(0o600);
    }
  });
});

describe('a step back', () => {
  test.each([2, 3])('restores every file of a cluster after %i steps', async (steps) => {
    const rotating = await RotatingMesh.after(steps - 1);
    const before = rotating.files;
    await rotating.forward();
    await rotating.back();
    await rotating.validate();
    for (const [name, text] of Object.entries(before)) expect(rotating.files[name]).toBe(text);
  });

  test('is an error without a rotation, and after the last step', async () => {
    expect(await problemsOf((await RotatingMesh.after(0)).back())).toHaveLength(1);
    expect(await problemsOf((await RotatingMesh.after(4)).back())).toEqual(['CA-ROTATION certs/old-root']);
  });
});

describe('without the key of the old root', () => {
  test('the rotation goes the same way', async () => {
    const rotating = await RotatingMesh.after(0);
    rotating.remove('root-key.pem');
    for (const phase of [undefined, 'both-roots', 'new-issuer', 'new-root']) {
      expect((await rotating.forward()).phase).toBe(phase);
      await rotating.validate();
    }
    expect(rotating.files['root-key.pem']).toContain('PRIVATE KEY');
  });

  test('the way back is the same, too', async () => {
    const rotating = await RotatingMesh.after(0);
    rotating.remove('root-key.pem');
    const before = rotating.files;
    for (let step = 0; step < 3; step += 1) await rotating.forward();
    await rotating.back();
    await rotating.back();
    expect(rotating.files).toMatchObject(before);
    expect(rotating.files['root-key.pem']).toBeUndefined();
  });
});

describe('a root of the user', () => {
  const root = opensslCa({ subject: '/CN=Company Root' });

  test('takes the place of an issued one', async () => {
    const rotating = await RotatingMesh.after(0);
    rotating.put({ 'next-root/root-cert.pem': root.cert, 'next-root/root-key.pem': root.key });
    expect((await rotating.forward()).phase).toBe('both-roots');
    await rotating.forward();
    await rotating.forward();
    await rotating.validate();
    expect(rotating.files['cluster1/root-cert.pem']).toBe(root.cert);
  });

  test('can stay elsewhere, with intermediate certificates that it issued', async () => {
    const rotating = await RotatingMesh.after(0);
    rotating.put({ 'next-root/root-cert.pem': root.cert });
    await rotating.forward();
    expect(await problemsOf(rotating.forward())).toEqual(['CA-ROOT certs/next-root/root-key.pem']);
    for (const cluster of clusters) {
      const { caCert, caKey, certChain, rootCert } = caCertsOf(opensslCa({ issuer: root }), root);
      rotating.put({
        [`next-root/${cluster}/ca-cert.pem`]: caCert,
        [`next-root/${cluster}/ca-key.pem`]: caKey,
        [`next-root/${cluster}/cert-chain.pem`]: certChain,
        [`next-root/${cluster}/root-cert.pem`]: rootCert,
      });
    }
    await rotating.forward();
    await rotating.forward();
    await rotating.validate();
    expect(rotating.files['root-key.pem']).toBeUndefined();
    expect((await rotating.read()).state).toBe('finished');
  });

  test.each([
    ['has expired', expiredRoot()],
    ['is no CA', opensslCa({ extensions: ['basicConstraints=critical,CA:FALSE'] }).cert],
    [
      'excludes the names of the mesh',
      opensslCa({
        extensions: [
          'basicConstraints=critical,CA:TRUE',
          'nameConstraints=critical,permitted;URI:other.example',
        ],
      }).cert,
    ],
    ['is no certificate', 'none\n'],
  ])('that %s is refused before a cluster changes', async (_, cert) => {
    const rotating = await RotatingMesh.after(0);
    const before = rotating.files;
    rotating.put({ 'next-root/root-cert.pem': cert });
    expect(await problemsOf(rotating.forward())).toContain('CA-ROOT certs/next-root/root-cert.pem');
    expect(rotating.files).toEqual({ ...before, 'next-root/root-cert.pem': cert });
  });

  test('that is the old one again is refused', async () => {
    const rotating = await RotatingMesh.after(0);
    rotating.put({ 'next-root/root-cert.pem': rotating.files['root-cert.pem'] ?? '' });
    expect(await problemsOf(rotating.forward())).toEqual(['CA-ROTATION certs/next-root/root-cert.pem']);
    const renewed = opensslCa({ key: rotating.files['root-key.pem'] ?? newKey() }).cert;
    rotating.put({ 'next-root/root-cert.pem': renewed });
    expect(await problemsOf(rotating.forward())).toEqual(['CA-ROOT certs/next-root/root-cert.pem']);
  });
});

describe('what is no phase of a rotation', () => {
  test('is refused: a cluster that signs with a root that a peer does not trust', async () => {
    const rotating = await RotatingMesh.after(2);
    const { files } = rotating;
    await rotating.forward('cluster1');
    rotating.put({ 'cluster2/root-cert.pem': files['old-root/cluster2/root-cert.pem'] ?? '' });
    await expect(rotating.validate()).rejects.toThrow('CA-ROOTS-DIFFER');
  });

  test('is refused: a cluster with a third root', async () => {
    const rotating = await RotatingMesh.after(2);
    const other = await RotatingMesh.after(0);
    for (const [name, text] of Object.entries(other.files)) {
      if (name.startsWith('cluster2/')) rotating.put({ [name]: text });
    }
    const before = rotating.files;
    expect(await problemsOf(rotating.forward())).toEqual(['CA-ROTATION certs/cluster2/root-cert.pem']);
    expect(rotating.files).toEqual(before);
  });
});

test('a machine without certificates gets none', async () => {
  const rotating = new RotatingMesh();
  expect(await problemsOf(rotating.forward())).toEqual(['CA-ROTATION certs']);
  expect(await problemsOf(rotating.read())).toEqual(['CA-ROTATION certs']);
});

test('the folders of a rotation show that the mesh has a root, so no other is issued', async () => {
  for (const folder of ['old-root', 'next-root']) {
    const rotating = await RotatingMesh.after(2);
    const kept = Object.keys(rotating.files).filter((name) => name.startsWith(folder));
    for (const name of Object.keys(rotating.files)) if (!kept.includes(name)) rotating.remove(name);
    expect(await problemsOf(rotating.issue())).toEqual(['CA-ROOT certs/root-key.pem']);
    expect(Object.keys(rotating.files)).toEqual(kept);
  }
});

test('the files of a TLS Secret stay files of a TLS Secret', async () => {
  const rotating = await RotatingMesh.after(0);
  const { files } = rotating;
  const names = { 'ca-cert.pem': 'tls.crt', 'ca-key.pem': 'tls.key', 'root-cert.pem': 'ca.crt' };
  rotating.remove('cluster2');
  for (const [name, tls] of Object.entries(names)) {
    rotating.put({ [`cluster2/${tls}`]: files[`cluster2/${name}`] ?? '' });
  }
  const before = rotating.files;
  for (let step = 0; step < 3; step += 1) {
    await rotating.forward();
    await rotating.validate();
  }
  await rotating.back();
  expect(rotating.files['cluster2/tls.crt']).toBe(before['cluster2/tls.crt']);
  await rotating.forward();
  await rotating.forward();
  await rotating.validate();
  const own = Object.keys(rotating.files).filter((name) => name.startsWith('cluster2/'));
  expect(own).toEqual(['cluster2/ca.crt', 'cluster2/tls.crt', 'cluster2/tls.key']);
});
