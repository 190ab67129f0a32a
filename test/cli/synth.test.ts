import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const definition = `meshID: mesh1
certificates: { keyAlgorithm: EC-P256 }
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
verification: { helloWorld: enabled }
`;

function meshFolder(text = definition): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mesh.yaml'), text);
  return folder;
}

function digest(folder: string): string {
  return execFileSync('sh', ['-c', 'find . -type f -print0 | sort -z | xargs -0 sha256sum'], {
    cwd: folder,
  }).toString();
}

test('writes the stages of each cluster, with keys that only their owner can read', () => {
  const folder = meshFolder();
  const { status, stdout } = istioMesh(folder, 'synth');
  expect(status).toBe(0);
  for (const cluster of ['cluster1', 'cluster2']) {
    const dist = join(folder, 'dist', cluster);
    expect(readdirSync(dist, { recursive: true }).sort()).toEqual([
      '00-crds.k8s.yaml',
      '10-namespace.k8s.yaml',
      '15-reader.k8s.yaml',
      '20-cacerts.k8s.yaml',
      '25-default-revision.k8s.yaml',
      '30-control-plane.k8s.yaml',
      '40-eastwest-gateway.k8s.yaml',
      '45-ingress-gateway.k8s.yaml',
      '50-cross-network-gateway.k8s.yaml',
      '90-helloworld.k8s.yaml',
      'Kustomization',
      'zz-default-validator.k8s.yaml',
    ]);
    expect(statSync(join(dist, '20-cacerts.k8s.yaml')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dist, '10-namespace.k8s.yaml')).mode & 0o777).toBe(0o644);
  }
  expect(stdout).toContain('certs/root-key.pem');
  expect(stdout).toContain('Not joined yet: cluster1, cluster2.');
});

test('writes the same bytes again, and issues nothing', () => {
  const folder = meshFolder();
  istioMesh(folder, 'synth');
  const before = digest(folder);
  expect(istioMesh(folder, 'synth').stdout).not.toContain('Issued');
  expect(digest(folder)).toBe(before);
});

test('writes to CDK8S_OUTDIR, and prefers --output', () => {
  const folder = meshFolder();
  const program = join(process.cwd(), 'lib/bin/istio-mesh.js');
  const env = { ...process.env, CDK8S_OUTDIR: 'by-environment' };
  execFileSync(process.execPath, [program, 'synth'], { cwd: folder, env });
  execFileSync(process.execPath, [program, 'synth', '--output', 'by-option'], { cwd: folder, env });
  expect(digest(join(folder, 'by-option'))).toBe(digest(join(folder, 'by-environment')));
  expect(readdirSync(folder)).not.toContain('dist');
});

test('resolves relative paths from the folder of mesh.yaml', () => {
  const folder = meshFolder();
  const elsewhere = temporaryFolder();
  istioMesh(elsewhere, 'synth', '--mesh-file', join(folder, 'mesh.yaml'));
  expect(readdirSync(folder).sort()).toEqual(['certs', 'mesh.yaml']);
  expect(readdirSync(elsewhere)).toEqual(['dist']);
});

test('writes a remote secret for each joined peer', () => {
  const folder = meshFolder();
  const kubeconfig = {
    clusters: [{ name: 'a', cluster: { server: 'https://203.0.113.2:6443' } }],
    users: [{ name: 'b', user: { token: 'secret' } }],
    contexts: [{ name: 'c', context: { cluster: 'a', user: 'b' } }],
    'current-context': 'c',
  };
  execFileSync('mkdir', [join(folder, 'remotes')]);
  writeFileSync(join(folder, 'remotes/cluster2.yaml'), JSON.stringify(kubeconfig), { mode: 0o600 });
  const { stdout } = istioMesh(folder, 'synth');
  expect(stdout).toContain('Not joined yet: cluster1.');
  expect(stdout).not.toContain('secret\n');
  const file = join(folder, 'dist/cluster1/60-remote-secrets.k8s.yaml');
  expect(readFileSync(file, 'utf8')).toContain('name: istio-remote-secret-cluster2');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'dist/cluster2'))).not.toContain('60-remote-secrets.k8s.yaml');
});

test.each([
  ['argocd', 'kubectl apply -f dist/argocd\n'],
  ['flux', 'kubectl apply -f dist/flux/CLUSTER\n'],
])('with %s, the next steps are a commit and, once, kubectl apply', (tool, apply) => {
  const gitops = `gitops: ${tool}\nrepository: { url: https://git.example.com/mesh.git }\n`;
  const store = 'secrets: { backend: external-secrets, externalSecrets: { store: { name: store } } }\n';
  const { stdout } = istioMesh(meshFolder(`${definition}${gitops}${store}`), 'synth');
  expect(stdout).toContain('commit dist, and push to https://git.example.com/mesh.git');
  expect(stdout.match(/kubectl .*\n/g)).toEqual([apply]);
});

test('an invalid mesh.yaml changes nothing and issues nothing', () => {
  const folder = meshFolder();
  istioMesh(folder, 'synth');
  const before = digest(folder);
  writeFileSync(join(folder, 'mesh.yaml'), `${definition}  - { name: cluster3, netwrok: network3 }\n`);
  const { status, stdout, stderr } = istioMesh(folder, 'synth');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^mesh\.yaml:\d+:\d+: MESH-/);
  writeFileSync(join(folder, 'mesh.yaml'), definition);
  expect(digest(folder)).toBe(before);
});

test('an unknown command or option is an error', () => {
  const folder = meshFolder();
  expect(istioMesh(folder, 'sinth')).toMatchObject({ status: 1, stderr: expect.stringContaining('synth') });
  expect(istioMesh(folder, 'synth', '--ouput', 'x').status).toBe(1);
});
