import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf } from '../pki/certificates-folder';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const definition = `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
clusters:
  # The gateway of network1.
  - { name: cluster1, network: network1, kubeconfig: 'my clusters/1.yaml', context: admin }
  - { name: cluster2, network: network1, eastWestGateway: disabled }
  - { name: cluster3, network: network3, peers: [cluster1] } # the last one
`;

/** A folder with the output, certificates and kubeconfigs of three clusters. */
function meshFolder(more = ''): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mesh.yaml'), definition + more);
  mkdirSync(join(folder, 'remotes'));
  expect(istioMesh(folder, 'synth').status).toBe(0);
  for (const name of more === '' ? ['cluster1', 'cluster3'] : []) {
    writeFileSync(
      join(folder, `remotes/${name}.root-cert.pem`),
      readFileSync(join(folder, 'certs/root-cert.pem')),
    );
  }
  return folder;
}

describe('remove', () => {
  test('removes a cluster and its files, and shows the order of what is left to do', () => {
    const folder = meshFolder();
    const { status, stdout, stderr } = istioMesh(folder, 'remove', 'cluster3');
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'mesh.yaml'), 'utf8')).toBe(
      definition.replace(/ {2}- \{ name: cluster3.*\n/, ''),
    );
    expect(existsSync(join(folder, 'certs/cluster3'))).toBe(false);
    expect(Object.keys(filesOf(join(folder, 'remotes')))).toEqual(['cluster1.root-cert.pem']);
    const steps = [
      'Removed cluster3 from mesh.yaml.',
      '  certs/cluster3/ca-key.pem\n',
      'istio-mesh synth',
      "kubectl --kubeconfig 'my clusters/1.yaml' --context admin delete secret istio-remote-secret-cluster3 --namespace istio-system --ignore-not-found",
      'kubectl --kubeconfig cluster2.kubeconfig delete secret istio-remote-secret-cluster3',
      'istio-mesh verify',
      'Revoke the tokens with which cluster3 can still read cluster1.',
      'istio-mesh rotate tokens cluster1 --wait',
      'kubectl --kubeconfig cluster3.kubeconfig delete namespace istio-system',
    ];
    expect(steps.map((step) => stdout.includes(step))).toEqual(steps.map(() => true));
    expect(steps.map((step) => stdout.indexOf(step))).toEqual(
      steps.map((step) => stdout.indexOf(step)).sort((one, other) => one - other),
    );
    expect(istioMesh(folder, 'synth').status).toBe(0);
    expect(existsSync(join(folder, 'dist/cluster3'))).toBe(false);
  });

  test('changes nothing with --dry-run', () => {
    const folder = meshFolder();
    const before = filesOf(folder);
    const { status, stdout } = istioMesh(folder, 'remove', 'cluster3', '--dry-run');
    expect(status).toBe(0);
    expect(stdout).toContain('This would remove cluster3 from mesh.yaml.');
    expect(filesOf(folder)).toEqual(before);
  });

  test('names the clusters whose peers change', () => {
    const folder = meshFolder();
    const mesh = definition.replace(
      'network1, eastWestGateway: disabled',
      'network2, peers: [cluster1, cluster3]',
    );
    writeFileSync(join(folder, 'mesh.yaml'), mesh);
    expect(istioMesh(folder, 'remove', 'cluster3').stdout).toContain(
      'It is also removed from the peers of cluster2.',
    );
    expect(readFileSync(join(folder, 'mesh.yaml'), 'utf8')).toContain('peers: [cluster1]');
  });

  test.each([
    ['cluster4', 'MESH-UNKNOWN-CLUSTER: "cluster4" is not a cluster of the mesh.'],
    ['cluster1', 'MESH-GATEWAY: Without cluster1: '],
  ])('refuses %s, and changes nothing', (name, problem) => {
    const folder = meshFolder();
    const before = filesOf(folder);
    const { status, stderr } = istioMesh(folder, 'remove', name);
    expect(status).toBe(1);
    expect(stderr).toContain(problem);
    expect(filesOf(folder)).toEqual(before);
  });

  test('suggests the name that was meant', () => {
    expect(istioMesh(meshFolder(), 'remove', 'Cluster-3').stderr).toContain('Write cluster3.');
  });

  test('refuses the last cluster', () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'mesh.yaml'),
      'meshID: mesh1\nclusters:\n  - { name: a, network: network1 }\n',
    );
    expect(istioMesh(folder, 'remove', 'a')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('a is the only cluster of the mesh.'),
    });
  });

  test('completes a removal that was interrupted, but does not touch what may be of another mesh', () => {
    const folder = meshFolder();
    writeFileSync(join(folder, 'mesh.yaml'), definition.replace(/ {2}- \{ name: cluster3.*\n/, ''));
    expect(istioMesh(folder, 'remove', 'cluster3').status).toBe(0);
    expect(existsSync(join(folder, 'certs/cluster3'))).toBe(false);
    const other = meshFolder();
    writeFileSync(join(other, 'mesh.yaml'), definition.replace(/ {2}- \{ name: cluster3.*\n/, ''));
    rmSync(join(other, 'dist'), { recursive: true });
    const { status, stderr } = istioMesh(other, 'remove', 'cluster3');
    expect(status).toBe(1);
    expect(stderr).toContain('delete what is left of it: certs/cluster3/');
    expect(existsSync(join(other, 'certs/cluster3/ca-key.pem'))).toBe(true);
  });

  test.each([
    [
      'argocd',
      'Argo CD prunes the remote secret of cluster3 in cluster1, cluster2, and the Application of cluster3.',
    ],
    ['flux', 'Flux prunes the remote secret of cluster3 in cluster1, cluster2.'],
  ])('says what %s prunes', (tool, text) => {
    const folder = meshFolder(
      `gitops: ${tool}\nrepository: { url: https://git.example.com/mesh.git }\nsecrets: { backend: external-secrets, externalSecrets: { store: { name: vault } } }\n`,
    );
    const { stdout } = istioMesh(folder, 'remove', 'cluster3', '--dry-run');
    expect(stdout).toContain(text);
    expect(stdout).not.toContain('delete secret');
  });
});
