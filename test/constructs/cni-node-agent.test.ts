import { App, Chart, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { CniNodeAgent } from '../../src/constructs/cni-node-agent';
import type { PlainObject } from '../../src/kubernetes/manifest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { AnyMeshDefinition } from '../../src/mesh/definition';
import type { GitOpsTool } from '../../src/mesh/gitops';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';

const [first, second] = ['cluster1', 'cluster2'].map((name) => ({ name, network: name }));

function filesOf(istio: AnyMeshDefinition['istio'], further: Partial<AnyMeshDefinition> = {}) {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio,
    secrets: { backend: 'external-secrets', externalSecrets: { store: { name: 'store' } } },
    clusters: [{ name: 'cluster1', network: 'network1' }],
    ...further,
  });
  return new IstioMeshApp({ mesh }).files();
}

function gitops(tool: GitOpsTool): Partial<AnyMeshDefinition> {
  return { gitops: tool, repository: { url: 'https://git.example.com/mesh.git' } };
}

function objectsIn(files: ReturnType<typeof filesOf>, path: string): PlainObject[] {
  const content = files.find((file) => file.path === path)?.content ?? '';
  return parseAllDocuments(content).map((document) => document.toJS());
}

function identities(objects: readonly PlainObject[]): string[] {
  return objects.map(({ kind, metadata: { name, namespace = '' } }) => `${kind} ${namespace}/${name}`);
}

test('the construct writes the node agent to a namespace', () => {
  const chart = Testing.chart();
  new CniNodeAgent(chart, 'node-agent', { version: '1.31.0', namespace: 'kube-system' });
  const objects: PlainObject[] = Testing.synth(chart);
  expect(identities(objects)).toContain('DaemonSet kube-system/istio-cni-node');
  expect(objects.flatMap(({ metadata: { namespace } }) => namespace ?? [])).not.toContain('istio-system');
});

test('the construct reports a wrong value', () => {
  const values = { cni: { chained: 'yes' } };
  const create = () => new CniNodeAgent(new Chart(new App(), 'chart'), 'node-agent', { values } as never);
  expect(create).toThrow('chart/node-agent.values.cni.chained');
});

describe('a mesh', () => {
  test('has a node agent in the clusters that enable it', () => {
    const clusters = [
      { ...first, istio: { cni: 'disabled' } },
      { ...second, istio: { cni: { namespace: 'istio-cni' } } },
    ] as AnyMeshDefinition['clusters'];
    const files = filesOf({ cni: 'enabled' }, { clusters });
    expect(files.map(({ path }) => path)).not.toContain('cluster1/20-cni.k8s.yaml');
    expect(identities(objectsIn(files, 'cluster2/10-namespace.k8s.yaml'))).toEqual([
      'Namespace /istio-system',
      'Namespace /istio-cni',
    ]);
    expect(identities(objectsIn(files, 'cluster2/20-cni.k8s.yaml'))).toEqual([
      'ClusterRole /istio-cni',
      'ClusterRoleBinding /istio-cni',
      'ClusterRole /istio-cni-repair-role',
      'ClusterRoleBinding /istio-cni-repair-rolebinding',
      'ServiceAccount istio-cni/istio-cni',
      'ConfigMap istio-cni/istio-cni-config',
      'DaemonSet istio-cni/istio-cni-node',
    ]);
  });

  test('has the node agent of the first control plane, beside a canary', () => {
    const files = filesOf({
      version: '1.30.3',
      cni: 'enabled',
      canary: { version: '1.31.0', revision: 'next' },
    });
    const [agent] = objectsIn(files, 'cluster1/20-cni.k8s.yaml').filter(({ kind }) => kind === 'ConfigMap');
    expect(agent).toMatchObject({ data: { CURRENT_AGENT_VERSION: '1.30.3' } });
  });

  test('has the node agent of the component cni', () => {
    const component = { enabled: true, namespace: 'kube-system', k8s: { podAnnotations: { a: 'b' } } };
    const clusters = [first, { ...second, istio: { components: { cni: { enabled: false } } } }];
    const files = filesOf({ components: { cni: component } }, { clusters } as Partial<AnyMeshDefinition>);
    expect(files.map(({ path }) => path)).not.toContain('cluster2/20-cni.k8s.yaml');
    const objects = objectsIn(files, 'cluster1/20-cni.k8s.yaml');
    expect(identities(objects)).toContain('DaemonSet kube-system/istio-cni-node');
    const agent = objects.find(({ kind }) => kind === 'DaemonSet');
    expect(agent?.spec).toMatchObject({ template: { metadata: { annotations: { a: 'b' } } } });
  });

  test('says in one place whether it has a node agent', () => {
    const istio = { cni: 'disabled', components: { cni: { enabled: true } } } as const;
    const create = () => filesOf(istio);
    expect(create).toThrow(
      'istio.components.cni.enabled is true, but istio.cni disables the CNI node agent.\n    Remove one of the two.',
    );
  });

  test('notes values of a node agent that is disabled', () => {
    const mesh = (cni: 'enabled' | 'disabled') =>
      defineMesh({
        meshID: 'mesh1',
        istio: { cni, values: { cni: { chained: false } } },
        clusters: [{ name: 'cluster1', network: 'network1' }],
      });
    expect(mesh('enabled').notes).toEqual([]);
    expect(mesh('disabled').notes).toMatchObject([
      { message: 'istio.values.cni changes nothing: istio.cni is disabled.' },
    ]);
  });
});

describe('with Argo CD', () => {
  test('the node agent runs before istiod and workloads', () => {
    const objects = objectsIn(filesOf({ cni: 'enabled' }, gitops('argocd')), 'cluster1/20-cni.k8s.yaml');
    const waves = objects.map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave']);
    expect(new Set(waves)).toEqual(new Set(['-10']));
  });

  test.each([
    ['enabled', undefined],
    [{ namespace: 'kube-system' }, 'kube-system'],
  ] as const)('the format helm adds the chart cni: %o', (cni, namespace) => {
    const values = { cni: { chained: false }, pilot: { autoscaleMin: 2 } };
    const files = filesOf({ controlPlane: 'helm', cni, values }, gitops('argocd'));
    const application = files.find(({ path }) => path === 'argocd/cluster-cluster1.k8s.yaml')?.content ?? '';
    const sources: { chart?: string; helm: { namespace?: string; valuesObject: object } }[] =
      parse(application).spec.sources;
    const chart = sources.find((source) => source.chart === 'cni');
    expect(chart?.helm.namespace).toBe(namespace);
    expect(Object.keys(chart?.helm.valuesObject ?? {}).sort()).toEqual(['cni', 'global']);
    const istiod = sources.find((source) => source.chart === 'istiod');
    expect(istiod?.helm.valuesObject).toMatchObject({ pilot: { cni: { enabled: true } } });
  });
});

describe('with Flux', () => {
  test('istiod waits for the node agent', () => {
    const files = filesOf({ cni: 'enabled' }, gitops('flux'));
    const [foundation] = objectsIn(files, 'flux/cluster1/foundation.k8s.yaml');
    expect(foundation?.spec).toMatchObject({
      healthChecks: expect.arrayContaining([
        expect.objectContaining({ kind: 'DaemonSet', name: 'istio-cni-node', namespace: 'istio-system' }),
      ]),
    });
  });

  test('the format helm adds a release of the chart cni', () => {
    const files = filesOf({ controlPlane: 'helm', cni: { namespace: 'kube-system' } }, gitops('flux'));
    const [release] = objectsIn(files, 'cluster1/20-cni.k8s.yaml');
    expect(release?.spec).toMatchObject({ releaseName: 'istio-cni', targetNamespace: 'kube-system' });
  });
});
