import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf } from '../pki/certificates-folder';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const unchecked = '--without-cluster-checks';

function definition(settings = 'rootRotation: enabled'): string {
  return `meshID: mesh1
certificates: { keyAlgorithm: EC-P256, ${settings} }
clusters:
  - { name: cluster1, network: network1, kubeconfig: none.yaml }
  - { name: cluster2, network: network2, kubeconfig: none.yaml, context: other }
`;
}

/** A folder in which a rotation has taken some steps. */
function rotatedFolder(steps: number): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mesh.yaml'), definition());
  expect(istioMesh(folder, 'synth').status).toBe(0);
  for (let step = 0; step < steps; step += 1) {
    expect(istioMesh(folder, 'rotate', 'root', unchecked).status).toBe(0);
  }
  return folder;
}

function certsOf(folder: string): Record<string, string> {
  return filesOf(join(folder, 'certs'));
}

describe('rotate root', () => {
  test('does not take a step while a cluster cannot be reached', () => {
    const folder = rotatedFolder(1);
    const before = certsOf(folder);
    const { status, stderr } = istioMesh(folder, 'rotate', 'root');
    expect(status).toBe(1);
    expect(stderr).toContain('cluster1: LIVE-KUBECONFIG: ');
    expect(stderr).toContain(
      'certs: LIVE-ROTATION: The next step must wait, because not every cluster is prepared for a second root: cluster1, cluster2.',
    );
    expect(certsOf(folder)).toEqual(before);
  });

  test('says what it changed, what to do next, and that no cluster was checked', () => {
    const { status, stdout, stderr } = istioMesh(rotatedFolder(1), 'rotate', 'root', unchecked);
    expect(status).toBe(0);
    expect(stderr).toContain('Warning: No cluster is checked.');
    expect(stdout).toContain('  certs/cluster1/root-cert.pem\n  certs/cluster2/root-cert.pem\n');
    expect(stdout).toContain('each of cluster1, cluster2 trusts both roots, and signs with the old one.');
    expect(stdout).toContain('istio-mesh rotate status --wait');
  });

  test('changes no cluster of a mesh that is not prepared', () => {
    const folder = rotatedFolder(1);
    writeFileSync(join(folder, 'mesh.yaml'), definition('rootRotation: disabled'));
    const before = certsOf(folder);
    const { status, stderr } = istioMesh(folder, 'rotate', 'root', unchecked);
    expect(status).toBe(1);
    expect(stderr).toContain('certs: CA-ROTATION: mesh.yaml does not prepare');
    expect(certsOf(folder)).toEqual(before);
  });

  test('prints no keys', () => {
    const folder = rotatedFolder(0);
    for (const step of [0, 1, 2, 3]) {
      const { stdout, stderr } = istioMesh(folder, 'rotate', 'root', unchecked, '--json');
      expect(`${step}${stdout}${stderr}`).not.toContain('BEGIN');
    }
  });
});

describe('rotate status', () => {
  test('reports the phase of the files, and fails while a cluster cannot be reached', () => {
    const folder = rotatedFolder(2);
    const { status, stdout, stderr } = istioMesh(folder, 'rotate', 'status');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^cluster1 +trusts both roots, and signs with the old one +no$/m);
    expect(stderr).toContain('cluster2: LIVE-KUBECONFIG: ');
  });

  test('passes without a rotation', () => {
    const { status, stdout } = istioMesh(rotatedFolder(0), 'rotate', 'status');
    expect(status).toBe(0);
    expect(stdout).toContain('No rotation of the root is under way.');
  });

  test.each([['status', '--back'], ['status', 'cluster1'], ['intermediates', unchecked], ['keys']])(
    'the parser refuses rotate %s %s',
    (...args) => {
      const { status, stderr } = istioMesh(rotatedFolder(0), 'rotate', ...args);
      expect(status).toBe(1);
      expect(stderr).toContain('error: ');
    },
  );
});

describe('synthesis', () => {
  test('follows each step, and warns of none', () => {
    const folder = rotatedFolder(0);
    for (const step of [1, 2, 3, 4]) {
      istioMesh(folder, 'rotate', 'root', unchecked);
      const { status, stderr } = istioMesh(folder, 'synth');
      expect([step, status, stderr]).toEqual([step, 0, '']);
    }
  });

  test('refuses to skip a step, until it is taken back or the old root is given up', () => {
    const folder = rotatedFolder(0);
    for (let step = 0; step < 3; step += 1) istioMesh(folder, 'rotate', 'root', unchecked);
    const message =
      'dist/cluster1/20-cacerts.k8s.yaml: CA-ROTATION: In the output before, cluster1 does not trust the root with which cluster1 signs now';
    const output = filesOf(join(folder, 'dist'));
    expect(istioMesh(folder, 'synth')).toMatchObject({ status: 1, stderr: expect.stringContaining(message) });
    expect(filesOf(join(folder, 'dist'))).toEqual(output);
    istioMesh(folder, 'rotate', 'root', '--back');
    expect(istioMesh(folder, 'synth')).toMatchObject({ status: 0, stderr: '' });
    istioMesh(folder, 'rotate', 'root', unchecked);
    expect(istioMesh(folder, 'synth')).toMatchObject({ status: 0, stderr: '' });
  });

  test('replaces a root at once if it was given up, and warns', () => {
    const folder = rotatedFolder(0);
    for (let step = 0; step < 3; step += 1) istioMesh(folder, 'rotate', 'root', unchecked);
    expect(istioMesh(folder, 'ca', '--new-root').stdout).toContain(
      'The next synthesis may replace these roots at once (SHA-256):',
    );
    const { status, stderr } = istioMesh(folder, 'synth');
    expect(status).toBe(0);
    expect(stderr).toContain('Warning: dist/cluster1/20-cacerts.k8s.yaml: CA-ROTATION: ');
    expect(istioMesh(folder, 'synth').stderr).toBe('');
  });

  test('writes the same manifests in the phase before as after a step back', () => {
    const folder = rotatedFolder(2);
    istioMesh(folder, 'synth');
    const before = filesOf(join(folder, 'dist'));
    istioMesh(folder, 'rotate', 'root', unchecked);
    istioMesh(folder, 'rotate', 'root', '--back');
    istioMesh(folder, 'synth');
    expect(filesOf(join(folder, 'dist'))).toEqual(before);
  });
});
