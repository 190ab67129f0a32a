import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IstioMeshApp } from '../../src/delivery/istio-mesh-app';
import { defineMesh } from '../../src/mesh/define-mesh';
import { type DeliveryEngine, deliveryEngines } from '../../src/mesh/delivery-definition';
import { materials } from '../materials';
import { temporaryFolder } from '../temporary-folder';

/** Commits the output for some clusters, and says which files that has changed. */
function commit(repository: string, engine: DeliveryEngine, clusters: readonly string[]): string[] {
  const mesh = defineMesh({
    meshID: 'mesh1',
    delivery: engine,
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { form: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
    clusters: clusters.map((name) => ({ name, network: name })),
    verification: { helloWorld: 'enabled' },
  });
  new IstioMeshApp({ mesh, ...materials(mesh), outdir: join(repository, 'dist') }).synth();
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' });
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'a');
  return git('show', '--name-status', '--no-renames', '--format=').trim().split('\n');
}

function repositoryOf(engine: DeliveryEngine): string {
  const repository = temporaryFolder();
  execFileSync('git', ['init', '--quiet'], { cwd: repository });
  commit(repository, engine, ['cluster1', 'cluster2']);
  return repository;
}

/** Without the files of the cluster itself and of its own part of the tree. */
function ofOthers(changes: readonly string[]): string[] {
  return changes.filter((change) => !/\tdist\/(flux\/)?cluster3\//.test(change));
}

const changedByCluster3: Readonly<Record<DeliveryEngine, readonly string[]>> = {
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

describe.each(deliveryEngines)('in a repository for %s, a cluster', (engine) => {
  test('that is added changes what reads it, and what names all clusters', () => {
    const changes = commit(repositoryOf(engine), engine, ['cluster1', 'cluster2', 'cluster3']);
    expect(ofOthers(changes)).toEqual(changedByCluster3[engine]);
    expect(changes).toContain('A\tdist/cluster3/30-control-plane.k8s.yaml');
  });

  test('that is removed changes the same files back', () => {
    const repository = repositoryOf(engine);
    const added = commit(repository, engine, ['cluster1', 'cluster2', 'cluster3']);
    const removed = commit(repository, engine, ['cluster1', 'cluster2']);
    expect(removed).toEqual(added.map((change) => change.replace(/^A/, 'D')));
  });
});
