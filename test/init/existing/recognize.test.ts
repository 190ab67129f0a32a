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
  ['ztunnel', 'network: network1\nmultiCluster: { clusterName: cluster1 }\nenv: { A: b }'],
  ['gateway', 'service: { type: ClusterIP }'],
  ['gateway', 'name: public\nlabels: { istio: public }'],
])('recognizes values of the chart %s by their keys: %j', (chart, text) => {
  expect(read(text).parts.map(({ kind }) => kind)).toEqual([chart]);
});

test.each([
  ['istiod', 'istio/istiod-values.yaml', 'resources: { requests: { cpu: 1 } }'],
  ['cni', 'istio-cni.yaml', 'profile: ambient\nresources: { requests: { cpu: 1 } }'],
  ['ztunnel', 'ztunnel/values.yaml', 'image: proxy'],
  // The name says it, but the keys are of another chart.
  ['gateway', 'istiod/gateway.yaml', 'service: { type: ClusterIP }'],
])('recognizes values of the chart %s in %s by the name of the file', (chart, file, text) => {
  expect(recognize(parseDocuments(text, { file })).parts.map(({ kind }) => kind)).toEqual([chart]);
});

test('reads the spec of an IstioOperator within values of another chart', () => {
  const text =
    'install: true\ncontrolPlane:\n  spec: { profile: minimal, components: { pilot: { enabled: true } } }';
  const { parts } = read(text);
  expect(parts.map(({ kind, content }) => ({ kind, content }))).toEqual([
    { kind: 'operator', content: { profile: 'minimal', components: { pilot: { enabled: true } } } },
  ]);
  expect(parts[0]?.locate(['components', 'pilot'], 'key')).toMatchObject({ line: 3 });
});

describe('a key that a map has twice', () => {
  const repeated =
    'pilot:\n  env: { A: "1" }\n  env: { B: "2" }\n  autoscaleMin: 2\npilot:\n  autoscaleMin: 3';

  test('has its last value, as for istioctl, and is noted', () => {
    const { parts, notes } = read(`pilot:\n  env: { A: "1" }\n  env: { B: "2" }`);
    expect(parts.map(({ content }) => content)).toEqual([{ pilot: { env: { B: '2' } } }]);
    expect(notes).toEqual([
      'input.yaml:2: env is in the same map again, at input.yaml:3, and Istio reads that one.',
    ]);
    expect(read(repeated).parts.map(({ content }) => content)).toEqual([{ pilot: { autoscaleMin: 3 } }]);
  });
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

  test.each([
    [
      'an ApplicationSet',
      `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all }
spec:
  template:
    metadata: { name: edge }
    spec:
      destination: { namespace: mesh }
      source: { chart: gateway, targetRevision: 1.30.3, helm: { releaseName: edge, values: "replicaCount: 2" } }`,
    ],
    [
      'a Kustomization',
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
helmCharts:
  - { name: gateway, releaseName: edge, namespace: mesh, version: 1.30.3, valuesInline: { replicaCount: 2 } }`,
    ],
    [
      'a helmfile',
      `releases:
  - { name: edge, namespace: mesh, chart: istio/gateway, version: 1.30.3, values: [{ replicaCount: 2 }] }`,
    ],
  ])('in %s are found, too', (_, text) => {
    expect(read(text).parts).toMatchObject([chart]);
  });

  test('have values in ConfigMaps and files of other inputs, in the order in which they apply', () => {
    const documents = [
      ...parseDocuments(
        `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: edge }
spec:
  chart: { spec: { chart: gateway } }
  valuesFrom:
    - { kind: ConfigMap, name: edge-values }
    - { kind: Secret, name: edge-secrets }
  values: { replicaCount: 2 }
  postRenderers: [{ kustomize: {} }]
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: istiod }
spec:
  source:
    chart: istiod
    helm: { valueFiles: [$values/istio/istiod-values.yaml, $values/istio/other.yaml], values: "pilot: { autoscaleMin: 2 }" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: edge-values }
data: { values.yaml: "service: { type: ClusterIP }" }`,
        { file: 'releases.yaml' },
      ),
      ...parseDocuments('pilot: { autoscaleMin: 1 }', { file: 'repo/istio/istiod-values.yaml' }),
    ];
    const { parts, notes } = recognize(documents);
    expect(parts.map(({ release, content }) => [release, content])).toEqual([
      ['edge', { service: { type: 'ClusterIP' } }],
      ['edge', { replicaCount: 2 }],
      ['istiod', { pilot: { autoscaleMin: 1 } }],
      ['istiod', { pilot: { autoscaleMin: 2 } }],
    ]);
    expect(notes).toEqual([
      'releases.yaml: HelmRelease edge has values in Secret edge-secrets, which was not read. Name its file with --from, too.',
      'releases.yaml: HelmRelease edge changes objects with spec.postRenderers, which was not read. Write the changes as patches.',
      'releases.yaml: Application istiod has values in $values/istio/other.yaml, which was not read. Name this file with --from, too.',
      'releases.yaml: ConfigMap edge-values does not configure Istio.',
    ]);
  });

  test('have parameters, of the types that Helm reads', () => {
    const { parts } = read(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: edge }
spec:
  source:
    chart: gateway
    helm:
      parameters:
        - { name: replicaCount, value: "2" }
        - { name: podAnnotations.example\\.com/build, value: "42", forceString: true }
        - { name: "service.ports[0].port", value: "443" }
        - { name: autoscaling.enabled, value: "false" }`);
    expect(parts.map(({ content }) => content)).toEqual([
      {},
      {
        replicaCount: 2,
        podAnnotations: { 'example.com/build': '42' },
        service: { ports: [{ port: 443 }] },
        autoscaling: { enabled: false },
      },
    ]);
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

describe('resources of the Sail operator', () => {
  test.each([
    ['metadata: { name: default }', {}],
    ['metadata: { name: mesh }', { revision: 'mesh' }],
    [
      'metadata: { name: default }\nspec: { version: v1.30.3, updateStrategy: { type: RevisionBased } }',
      { revision: 'default-v1-30-3' },
    ],
    [
      'metadata: { name: default }\nspec: { profile: openshift, values: { pilot: { autoscaleMin: 2 } } }',
      { profile: 'openshift', pilot: { autoscaleMin: 2 } },
    ],
  ])('have their revision and profile: %j', (text, content) => {
    const [part] = read(`apiVersion: sailoperator.io/v1\nkind: Istio\n${text}`).parts;
    expect(part).toMatchObject({ kind: 'istiod', content });
  });

  test('have the namespace of the node agent', () => {
    const [part] = read(
      'apiVersion: sailoperator.io/v1\nkind: IstioCNI\nmetadata: { name: default }\nspec: { namespace: istio-cni }',
    ).parts;
    expect(part).toMatchObject({ kind: 'cni', namespace: 'istio-cni' });
  });
});

describe('values of a chart that depends on those of Istio', () => {
  test('have the global values, and gateways under any name', () => {
    const { parts } = read(`global: { hub: registry.example.com }
base: { enabled: true }
istiod: { pilot: { autoscaleMin: 2 } }
edge-gateway: { service: { type: ClusterIP } }
istio-cni: { enabled: false }
dashboards: { replicas: 1 }`);
    const global = { hub: 'registry.example.com' };
    expect(parts.map(({ kind, content, release }) => [kind, content, release])).toEqual([
      ['base', { global }, undefined],
      ['istiod', { global, pilot: { autoscaleMin: 2 } }, undefined],
      ['gateway', { global, service: { type: 'ClusterIP' } }, 'edge-gateway'],
    ]);
  });
});

test.each([
  ['_internal_defaults_do_not_set: { autoscaleMin: 2 }', 'istiod'],
  ['_internal_defaults_do_not_set: { service: { type: ClusterIP } }', 'gateway'],
  ['gateways: { istio-ingressgateway: { type: ClusterIP } }', 'operator'],
  ['spec: { values: { pilot: { autoscaleMin: 2 } } }', 'operator'],
  ['profile: minimal\ncomponents: { pilot: { k8s: { replicaCount: 2 } } }', 'operator'],
])('recognizes a configuration in another form: %j', (text, kind) => {
  expect(read(text).parts.map((part) => part.kind)).toEqual([kind]);
});

test('says what is beside the spec of an IstioOperator', () => {
  const { notes } = read('apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {}\nvalues: {}');
  expect(notes).toEqual([
    'input.yaml:1: values is beside spec instead of within it, so that Istio ignores it.',
  ]);
});

test('fills in variables with a default, and names the others', () => {
  const { parts } = read(`pilot:\n  autoscaleMin: \${min:=2}\n  tag: "\${tag:-1.31.0}"`);
  expect(parts[0]?.content).toEqual({ pilot: { autoscaleMin: 2, tag: '1.31.0' } });
  expect(problemsOf(`global:\n  network: \${NETWORK}\n  hub: \${HUB}/istio`)).toMatchObject([
    {
      code: 'INIT-CONTENT',
      location: { line: 2 },
      message: `global.network has a variable that another program fills in. Those of the file are \${NETWORK}, \${HUB}.`,
    },
  ]);
});

test.each([
  [
    'resource "helm_release" "istiod" {\n  name = "istiod"\n  set {\n  }\n}',
    'The file is Terraform, not YAML.',
  ],
  [
    '#!/bin/bash\nset -e\ncat <<EOF | istioctl install -f -\nspec: [\nEOF',
    'The file is a shell script, not YAML.',
  ],
  [`labels: {\n  istio: \${name}\n}`, 'The file is a template, not YAML.'],
  [
    'apiVersion: maistra.io/v2\nkind: ServiceMeshControlPlane\nmetadata: { name: basic }',
    'ServiceMeshControlPlane basic configures OpenShift Service Mesh 2, whose settings have other names.',
  ],
  [
    'company:\n  mesh:\n    spec: { values: { pilot: { enabled: true } } }',
    'Settings of Istio seem to be in company.mesh.spec, in a form that istio-mesh does not know.',
  ],
])('says what an input is that it does not know: %j', (text, message) => {
  expect(problemsOf(text)).toMatchObject([{ code: 'INIT-CONTENT', message }]);
});

test.each([
  ['replicas: 2', 'INIT-CONTENT', 1],
  ['- a', 'INIT-CONTENT', 1],
  ['pilot: {}\n---\npilot: {', 'MESH-SYNTAX', 3],
  ['pilot: {}\n---\nglobal: { hub: {{ .Values.hub }} }', 'MESH-SYNTAX', 3],
  ['pilot: &pilot {}\npilot: {}\nglobal: *pilot', 'MESH-SYNTAX', 2],
])('refuses what it cannot read, with the line: %j', (text, code, line) => {
  expect(problemsOf(text)).toMatchObject([{ code, location: { file: 'input.yaml', line } }]);
});
