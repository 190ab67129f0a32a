import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { argocdFiles } from '../../../src/gitops/argocd/argocd-files';
import { defineMesh } from '../../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../../src/mesh/definition';
import type { RepositoryDefinition } from '../../../src/mesh/gitops';

interface Source {
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly path: string;
  readonly chart?: string;
  readonly helm?: { readonly releaseName: string; readonly valuesObject?: object };
}

interface Application {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly finalizers?: unknown };
  readonly spec: {
    readonly project: string;
    readonly source: Source;
    readonly sources?: readonly Source[];
    readonly destination: { readonly name?: string; readonly server?: string; readonly namespace?: string };
  };
}

interface AppProject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly sourceRepos: readonly string[];
    readonly destinations: readonly { readonly name?: string; readonly server?: string }[];
  };
}

function argocdObjects(
  repository: RepositoryDefinition,
  { meshID = 'mesh1', istio = {} }: Partial<AnyMeshDefinition> = {},
) {
  const mesh = defineMesh({
    meshID,
    istio,
    gitops: { tool: 'argocd', namespace: 'gitops' },
    repository,
    secrets: { backend: 'sealed-secrets' },
    clusters: ['cluster1', 'cluster2'].map((name) => ({ name, network: name })),
  });
  if (mesh.gitops === undefined) throw new Error('The mesh has no gitops settings.');
  const objects = argocdFiles(mesh, mesh.gitops, '.k8s.yaml').map(({ content }) => parse(content));
  const applications = objects.filter(({ kind }) => kind === 'Application') as Application[];
  const [project] = objects.filter(({ kind }) => kind === 'AppProject') as AppProject[];
  if (project === undefined) throw new Error('No AppProject was found.');
  return { applications, project };
}

const git = { url: 'https://git.example.com/mesh.git', branch: 'release', path: 'out/dist' };

test('each application reads the folder of its cluster, and the root application targets the cluster of Argo CD', () => {
  const { applications } = argocdObjects(git);
  expect(applications.map(({ spec }) => [spec.source.path, spec.destination])).toEqual([
    ['out/dist/argocd', { server: 'https://kubernetes.default.svc', namespace: 'gitops' }],
    ['out/dist/cluster1', { name: 'cluster1' }],
    ['out/dist/cluster2', { name: 'cluster2' }],
  ]);
  for (const { metadata } of applications) expect(metadata.namespace).toBe('gitops');
});

test('the project allows only the repository and the destinations of its applications', () => {
  const { applications, project } = argocdObjects(git);
  for (const { spec } of applications) {
    expect(spec.project).toBe(project.metadata.name);
    expect(project.spec.sourceRepos).toEqual([spec.source.repoURL]);
    expect(project.spec.destinations).toContainEqual(
      expect.objectContaining({
        ...spec.destination,
        namespace: spec.destination.namespace ?? '*',
      }),
    );
  }
});

test('a cluster that leaves the mesh keeps its objects: no application has a finalizer', () => {
  for (const { metadata } of argocdObjects(git).applications) expect(metadata.finalizers).toBeUndefined();
});

test.each([
  [{ url: 'https://git.example.com/mesh.git' }, 'main'],
  [{ url: 'https://git.example.com/mesh.git', tag: 'v1' }, 'v1'],
  [{ url: 'oci://registry.example.com/mesh' }, 'latest'],
])('%o is followed at %s', (repository, revision) => {
  for (const { spec } of argocdObjects(repository).applications)
    expect(spec.source.targetRevision).toBe(revision);
});

test('names are valid in Kubernetes for any mesh ID', () => {
  const meshID = `Mesh_of.${'x'.repeat(55)}`;
  for (const { metadata } of argocdObjects(git, { meshID }).applications) {
    expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  }
});

test('Helm charts are additional sources, which the project allows', () => {
  const istio = { controlPlane: 'helm' as const, version: '1.30.3', canary: { revision: 'canary' } };
  const { applications, project } = argocdObjects(git, { istio });
  const cluster = applications.find(({ metadata }) => metadata.name === 'mesh1-cluster1');
  const sources = cluster?.spec.sources ?? [];
  expect(sources.map(({ chart, helm, path }) => [chart, helm?.releaseName, path])).toEqual([
    ['base', 'istio-base', undefined],
    ['istiod', 'istiod', undefined],
    ['istiod', 'istiod-canary', undefined],
    [undefined, undefined, 'out/dist/cluster1'],
  ]);
  expect([...project.spec.sourceRepos].sort()).toEqual(
    [...new Set(sources.map(({ repoURL }) => repoURL))].sort(),
  );
  expect(cluster?.spec.destination).toEqual({ name: 'cluster1', namespace: 'istio-system' });
});

test('Argo CD does not wait in the wave of the charts for an autoscaler that may have no metrics', () => {
  const istio = { controlPlane: 'helm' as const, canary: { revision: 'canary' } };
  const { applications } = argocdObjects(git, { istio });
  const cluster = applications.find(({ metadata }) => metadata.name === 'mesh1-cluster1');
  const values = (cluster?.spec.sources ?? []).flatMap(({ helm, chart }) =>
    chart === 'istiod' ? [helm?.valuesObject] : [],
  );
  expect(values).toMatchObject([{ pilot: { autoscaleMax: 0 } }, { pilot: { autoscaleMax: 0 } }]);
});
