import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { PlainObject } from '../../src/kubernetes/manifest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { GitOpsTool } from '../../src/mesh/gitops';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { materials } from '../materials';

const wave = 'argocd.argoproj.io/sync-wave';

/** The objects of cluster1 by chart name, with charts of a user before and after the others. */
function objectsOf(tool?: GitOpsTool): Record<string, PlainObject[]> {
  const mesh = defineMesh({
    meshID: 'mesh1',
    ...(tool === undefined
      ? {}
      : {
          gitops: tool,
          repository: { url: 'https://git.example.com/mesh.git' },
          secrets: { backend: 'external-secrets' as const, externalSecrets: { store: { name: 'store' } } },
        }),
    clusters: ['cluster1', 'cluster2'].map((name) => ({ name, network: name })),
    verification: { helloWorld: 'enabled' },
  });
  const app = new IstioMeshApp({ mesh, ...materials(mesh) });
  for (const name of ['70-policies', '5-first', 'unnumbered']) {
    const chart = new Chart(app.cluster('cluster1'), name);
    new k8s.KubeConfigMap(chart, 'map', { metadata: { name, namespace: 'default' } });
    const own = { metadata: { name: `own-${name}`, namespace: 'default', annotations: { [wave]: '7' } } };
    new k8s.KubeConfigMap(chart, 'own', own);
  }
  const files = app.files().filter(({ path }) => /^cluster1\/.*\.k8s\.yaml$/.test(path));
  return Object.fromEntries(
    files.map(({ path, content }) => [
      path.slice('cluster1/'.length, -'.k8s.yaml'.length),
      parseAllDocuments(content, { version: '1.1' }).map((document) => document.toJS()),
    ]),
  );
}

function waveOf({ metadata }: PlainObject): number {
  return Number(metadata.annotations?.[wave]);
}

test('Argo CD applies charts in the order of their numbers, and charts without a number last', () => {
  const objects = objectsOf('argocd');
  const waves = Object.entries(objects).map(([name, [first]]) => [first && waveOf(first), name] as const);
  const inOrder = waves.sort(([one = Number.NaN], [other = Number.NaN]) => one - other);
  expect(inOrder.map(([, name]) => name)).toEqual([
    '00-crds',
    '5-first',
    '10-namespace',
    '15-reader',
    '20-cacerts',
    '25-default-revision',
    '30-control-plane',
    'zz-default-validator',
    '40-eastwest-gateway',
    '45-ingress-gateway',
    '50-cross-network-gateway',
    '60-remote-secret-cluster2',
    '70-policies',
    '90-helloworld',
    'unnumbered',
  ]);
});

test('Argo CD applies istiod in the default wave, together with objects of Helm charts', () => {
  const objects = objectsOf('argocd')['30-control-plane'] ?? [];
  const others = objects.filter(({ kind }) => kind !== 'HorizontalPodAutoscaler');
  expect(new Set(others.map(waveOf))).toEqual(new Set([0]));
});

test('Argo CD applies autoscalers and load balancers last, because they can block later waves', () => {
  const objects = Object.values(objectsOf('argocd')).flat();
  const last = objects.filter(
    ({ kind, spec }) =>
      kind === 'HorizontalPodAutoscaler' || (kind === 'Service' && spec?.type === 'LoadBalancer'),
  );
  expect(last.map(({ metadata }) => metadata.name).sort()).toEqual([
    'istio-eastwestgateway',
    'istio-eastwestgateway',
    'istio-ingressgateway',
    'istio-ingressgateway',
    'istiod',
  ]);
  const first = Math.min(...last.map(waveOf));
  expect(objects.filter((object) => waveOf(object) >= first)).toEqual(last);
});

test('a wave that the user set takes precedence', () => {
  expect(objectsOf('argocd')['70-policies']?.map(waveOf)).toEqual([40, 7]);
});

test.each([
  ['argocd', 'argocd.argoproj.io/sync-options', 'Prune=false,Delete=false'],
  ['flux', 'kustomize.toolkit.fluxcd.io/prune', 'disabled'],
] as const)('%s does not prune the namespace, cacerts and the CRDs', (tool, key, value) => {
  const kept = Object.entries(objectsOf(tool)).filter(([, objects]) =>
    objects.every(({ metadata }) => metadata.annotations?.[key] === value),
  );
  expect(kept.map(([name]) => name).sort()).toEqual(['00-crds', '10-namespace', '20-cacerts']);
  const others = Object.entries(objectsOf(tool)).filter(([, objects]) =>
    objects.some(({ metadata }) => metadata.annotations?.[key] !== undefined),
  );
  expect(others).toEqual(kept);
});

test('without gitops the output has no annotation of a GitOps tool', () => {
  expect(JSON.stringify(objectsOf())).not.toMatch(/toolkit\.fluxcd|"argocd\.argoproj\.io\/sync-(?!wave":"7)/);
});
