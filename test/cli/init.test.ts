import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadMesh } from '../../src/mesh/mesh-file';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

test('writes a mesh that loads as it is, for the clusters that were named', () => {
  const folder = temporaryFolder();
  expect(istioMesh(folder, 'init', 'eu', 'us', 'ap')).toMatchObject({ status: 0, stderr: '' });
  const mesh = loadMesh(join(folder, 'mesh.yaml'));
  expect(mesh.clusters.map(({ name }) => name)).toEqual(['eu', 'us', 'ap']);
  expect(new Set(mesh.clusters.map(({ network }) => network)).size).toBe(3);
});

test('hints at settings that are right as they are', () => {
  const folder = temporaryFolder();
  istioMesh(folder, 'init');
  const file = join(folder, 'mesh.yaml');
  const hints = /^# (?=(secrets|gitops|repository):)/gm;
  const text = readFileSync(file, 'utf8');
  expect(text.match(hints)).toHaveLength(3);
  writeFileSync(file, text.replace(hints, ''));
  const mesh = loadMesh(file);
  expect(mesh.gitops?.tool).toBe('argocd');
  expect(mesh.clusters.map(({ secrets }) => secrets.cacerts)).not.toContain('plain');
});

test('adds to .gitignore what is missing there, and leaves the rest', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.gitignore'), '/dist\nown');
  istioMesh(folder, 'init');
  const lines = readFileSync(join(folder, '.gitignore'), 'utf8').trimEnd().split('\n');
  const added = ['/node_modules/', '/certs/', '/remotes/', '*.kubeconfig', '/.dist.*/', '/encrypted/*/.*'];
  expect(lines).toEqual(['/dist', 'own', ...added]);
});

test('starts a repository whose output is committed, without a key or token', () => {
  const folder = temporaryFolder();
  const address = 'https://git.example.com/platform/mesh.git';
  istioMesh(folder, 'init', 'eu', 'us', '--gitops', 'flux', '--repository', address);
  const mesh = loadMesh(join(folder, 'mesh.yaml'));
  expect(mesh.gitops).toMatchObject({ tool: 'flux', repository: { url: address, path: 'dist' } });
  expect(mesh.clusters.map(({ secrets }) => secrets.cacerts)).not.toContain('plain');
  const ignored = readFileSync(join(folder, '.gitignore'), 'utf8');
  expect(ignored).toContain('/certs/');
  expect(ignored).not.toContain('/dist/');
});

test('starts one whose output is an artifact in a registry', () => {
  const folder = temporaryFolder();
  const address = 'oci://registry.example.com/mesh';
  istioMesh(folder, 'init', '--gitops', 'argocd', '--repository', address);
  const { gitops } = loadMesh(join(folder, 'mesh.yaml'));
  expect(gitops?.repository).toEqual({ url: address, tag: 'latest', path: 'dist' });
});

test('has git ignore what a run leaves that was killed while it wrote', () => {
  const folder = temporaryFolder();
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  istioMesh(folder, 'init');
  for (const left of ['.dist.next-1', '.dist.previous-1']) {
    mkdirSync(join(folder, left));
    writeFileSync(join(folder, left, 'cacerts.k8s.yaml'), 'a key');
  }
  const untracked = execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(untracked).not.toContain('.dist.');
});

test.each([
  [['--gitops', 'argocd'], 'write --gitops and --repository together'],
  [['--gitops', 'jenkins', '--repository', 'https://git.example.com/mesh.git'], 'jenkins'],
])('refuses a gitops that it does not know, or that lacks its half: %j', (options, reason) => {
  const folder = temporaryFolder();
  const { status, stderr } = istioMesh(folder, 'init', ...options);
  expect(status).toBe(1);
  expect(stderr).toContain(reason);
  expect(() => readFileSync(join(folder, 'mesh.yaml'))).toThrow('ENOENT');
});

test('overwrites nothing', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'cdk8s.yaml'), 'own');
  const { status, stderr } = istioMesh(folder, 'init');
  expect(status).toBe(1);
  expect(stderr).toContain('cdk8s.yaml: OUTPUT-EXISTS: It exists already.');
  expect(readFileSync(join(folder, 'cdk8s.yaml'), 'utf8')).toBe('own');
  expect(() => readFileSync(join(folder, 'mesh.yaml'))).toThrow('ENOENT');
});

test('refuses a name that no cluster can have, before it writes anything', () => {
  const folder = temporaryFolder();
  const { status, stderr } = istioMesh(folder, 'init', 'Cluster_1');
  expect(status).toBe(1);
  expect(stderr).toContain('clusters[0].name is "Cluster_1".');
  expect(() => readFileSync(join(folder, 'mesh.yaml'))).toThrow('ENOENT');
});
