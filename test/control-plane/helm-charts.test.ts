import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { crdManifests } from '../../src/control-plane/crds';
import { baseChart, type HelmChart, istiodCharts } from '../../src/control-plane/helm-charts';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { IstioDefinition } from '../../src/mesh/istio';

function charts(istio: IstioDefinition): { base: HelmChart; istiods: HelmChart[] } {
  const mesh = defineMesh({
    meshID: 'mesh1',
    trustDomain: 'example.org',
    istio: { controlPlane: 'helm', ...istio },
    gitops: 'argocd',
    repository: { url: 'https://git.example.com/mesh.git' },
    secrets: { backend: 'sealed-secrets' },
    clusters: [{ name: 'cluster1', network: 'network1' }],
  });
  const [cluster] = mesh.clusters;
  if (cluster === undefined) throw new Error('the mesh has no cluster');
  return { base: baseChart(mesh, cluster), istiods: istiodCharts(mesh, cluster) };
}

test('charts have what follows from the mesh, and what the user gave', () => {
  const { base, istiods } = charts({
    version: '1.30.3',
    profile: 'stable',
    values: { pilot: { autoscaleMin: 2 } },
  });
  for (const { version, values } of [base, ...istiods]) {
    expect(version).toBe('1.30.3');
    expect(values).toMatchObject({
      profile: 'stable',
      global: {
        meshID: 'mesh1',
        network: 'network1',
        multiCluster: { clusterName: 'cluster1' },
        tag: '1.30.3',
      },
      meshConfig: { trustDomain: 'example.org' },
      pilot: { autoscaleMin: 2 },
    });
  }
});

describe('a second control plane', () => {
  const { base, istiods } = charts({
    version: '1.30.3',
    canary: { revision: 'canary', version: '1.31.0' },
  });

  test('is a release of its own', () => {
    expect(istiods.map(({ release, version, values }) => [release, version, values.revision])).toEqual([
      ['istiod', '1.30.3', undefined],
      ['istiod-canary', '1.31.0', 'canary'],
    ]);
  });

  test('of a newer version brings its definitions, and not what is for pods that name no revision', () => {
    expect(base).toMatchObject({ version: '1.31.0', values: { defaultRevision: 'default' } });
    expect(istiods.map(({ values }) => values.revisionTags)).toEqual([undefined, undefined]);
  });
});

test('a first control plane of another revision is that of pods that name none', () => {
  const { base, istiods } = charts({ revision: 'canary', values: { revisionTags: ['prod'] } });
  expect(base.values.defaultRevision).toBe('canary');
  expect(istiods.map(({ values }) => values.revisionTags)).toEqual([['prod', 'default']]);
});

test('excludes each definition that another tool installs', () => {
  const names = parseAllDocuments(crdManifests('1.31')).map((document) => document.toJS().metadata.name);
  const { base } = charts({ version: '1.31.0', crds: 'skip' });
  expect(base.values.base).toEqual({ excludedCRDs: names });
});
