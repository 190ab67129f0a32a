import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import { type GitOpsTool, gitopsTools } from '../../src/mesh/gitops';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { materials } from '../materials';
import { temporaryFolder } from '../temporary-folder';

/** Commits the output for some clusters, and returns the changed files. */
function commit(repository: string, tool: GitOpsTool, clusters: readonly string[]): string[] {
  const mesh = defineMesh({
    meshID: 'mesh1',
    gitops: tool,
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
    clusters: clusters.map((name) => ({ name, network: name })),
    verification: { helloWorld: 'enabled' },
  });
  new IstioMeshApp({ mesh, ...materials(mesh), outdir: join(repository, 'dist') }).synth();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'a');
  return git('show', '--name-status', '--no-renames', '--format=').trim().split('\n');
}

function repositoryOf(tool: GitOpsTool): string {
  const repository = temporaryFolder();
  execFileSync('git', ['init', '--quiet'], { cwd: repository });
  commit(repository, tool, ['cluster1', 'cluster2']);
  return repository;
}

/** Leaves out the files of cluster3 itself. */
function changesOfOthers(changes: readonly string[]): string[] {
  return changes.filter((change) => !/\tdist\/(flux\/)?cluster3\//.test(change));
}

const changedByCluster3: Readonly<Record<GitOpsTool, readonly string[]>> = {
  argocd: [
    'M\tdist/.istio-mesh-files',
    'A\tdist/argocd/cluster-cluster3.k8s.yaml',
    'M\tdist/argocd/project.k8s.yaml',
    'A\tdist/cluster1/60-remote-secret-cluster3.k8s.yaml',
    'M\tdist/cluster1/Kustomization',
    'A\tdist/cluster2/60-remote-secret-cluster3.k8s.yaml',
    'M\tdist/cluster2/Kustomization',
  ],
  flux: [
    'M\tdist/.istio-mesh-files',
    'A\tdist/cluster1/60-remote-secret-cluster3.k8s.yaml',
    'M\tdist/cluster1/Kustomization',
    'A\tdist/cluster2/60-remote-secret-cluster3.k8s.yaml',
    'M\tdist/cluster2/Kustomization',
    'M\tdist/flux/cluster1/mesh/Kustomization',
    'M\tdist/flux/cluster2/mesh/Kustomization',
  ],
};

describe.each(gitopsTools)('in a repository for %s, a cluster', (tool) => {
  test('that is added changes the clusters that read it, and the files that list all clusters', () => {
    const changes = commit(repositoryOf(tool), tool, ['cluster1', 'cluster2', 'cluster3']);
    expect(changesOfOthers(changes)).toEqual(changedByCluster3[tool]);
    expect(changes).toContain('A\tdist/cluster3/30-control-plane.k8s.yaml');
  });

  test('that is removed changes the same files back', () => {
    const repository = repositoryOf(tool);
    const added = commit(repository, tool, ['cluster1', 'cluster2', 'cluster3']);
    const removed = commit(repository, tool, ['cluster1', 'cluster2']);
    expect(removed).toEqual(added.map((change) => change.replace(/^A/, 'D')));
  });
});
