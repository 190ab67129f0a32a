import { describe, expect, test } from 'vitest';
import { parseDocuments } from '../../../src/init/existing/input-document';
import { recognize } from '../../../src/init/existing/recognize';
import { MeshError, type Problem } from '../../../src/problems/problem';

function read(text: string) {
  return recognize(parseDocuments(text, { file: 'input.yaml' }));
}

function problemsOf(text: string): readonly Problem[] {
  try {
    read(text);
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}

test.each([
  ['istiod', 'meshConfig: { accessLogFile: /dev/stdout }'],
  ['istiod', 'autoscaleMin: 2\nresources: { requests: { cpu: 1 } }'],
  ['istiod', 'global: { hub: example.com }\nistio_cni: { enabled: true }'],
  ['base', 'defaultRevision: default'],
  ['base', 'base: { enableCRDTemplates: true }\nglobal: { istioNamespace: istio-system }'],
  ['cni', 'cni: { chained: true }'],
  ['cni', 'cniBinDir: /home/kubernetes/bin\nglobal: { platform: gke }'],
  ['gateway', 'service: { type: ClusterIP }'],
  ['gateway', 'name: public\nlabels: { istio: public }'],
])('recognizes values of the chart %s by their keys: %j', (chart, text) => {
  expect(read(text).parts.map(({ kind }) => kind)).toEqual([chart]);
});

describe('releases', () => {
  const chart = {
    release: 'edge',
    namespace: 'mesh',
    version: '1.30.3',
    kind: 'gateway',
    content: { replicaCount: 2 },
  };

  test.each([
    [
      'Flux',
      `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: edge, namespace: flux-system }
spec:
  targetNamespace: mesh
  chart: { spec: { chart: gateway, version: 1.30.3 } }
  values: { replicaCount: 2 }`,
    ],
    [
      'Argo CD, as text',
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: edge, namespace: argocd }
spec:
  destination: { namespace: mesh }
  source: { chart: gateway, targetRevision: 1.30.3, helm: { values: "replicaCount: 2" } }`,
    ],
    [
      'Argo CD, with several sources',
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: other }
spec:
  destination: { namespace: mesh }
  sources:
    - { repoURL: https://git.example.com, path: dashboards }
    - { chart: gateway, targetRevision: 1.30.3, helm: { releaseName: edge, valuesObject: { replicaCount: 2 } } }`,
    ],
    [
      'K3s',
      `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: edge, namespace: kube-system }
spec: { chart: gateway, version: 1.30.3, targetNamespace: mesh, valuesContent: "replicaCount: 2" }`,
    ],
  ])('of %s have their name, namespace and version', (_, text) => {
    expect(read(text).parts).toMatchObject([chart]);
  });

  test('of other charts are noted', () => {
    const { parts, notes } = read(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: kiali }
spec: { chart: { spec: { chart: kiali-operator } } }`);
    expect(parts).toEqual([]);
    expect(notes).toEqual(['input.yaml: HelmRelease kiali does not configure Istio.']);
  });

  test('have values that are YAML', () => {
    const text = `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: istiod }
spec:
  chart: istiod
  valuesContent: "pilot: {"`;
    expect(problemsOf(text)).toMatchObject([{ code: 'MESH-SYNTAX', location: { line: 6 } }]);
  });
});

test('reads documents, lists and charts that depend on those of Istio, with their lines', () => {
  const { parts } = read(`apiVersion: v1
kind: Namespace
metadata: { name: istio-system }
---
# A comment alone.
---
apiVersion: v1
kind: List
items:
  - { apiVersion: install.istio.io/v1alpha1, kind: IstioOperator, spec: { profile: minimal } }
---
istiod: { pilot: { autoscaleMin: 2 } }
gateway: { replicaCount: 1 }
`);
  expect(parts.map(({ kind, locate }) => [kind, locate([]).line])).toEqual([
    ['operator', 10],
    ['istiod', 12],
    ['gateway', 13],
  ]);
});

test.each([
  ['replicas: 2', 'INIT-CONTENT', 1],
  ['- a', 'INIT-CONTENT', 1],
  ['pilot: {}\n---\npilot: {', 'MESH-SYNTAX', 3],
  ['pilot: {}\n---\nglobal: { hub: {{ .Values.hub }} }', 'MESH-SYNTAX', 3],
  ['pilot: {}\npilot: {}', 'MESH-SYNTAX', 2],
])('refuses what it cannot read, with the line: %j', (text, code, line) => {
  expect(problemsOf(text)).toMatchObject([{ code, location: { file: 'input.yaml', line } }]);
});
