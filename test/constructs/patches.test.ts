import { ApiObject, App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { jsonOf } from '../../src/constructs/plain-api-object';
import type { PlainObject } from '../../src/kubernetes/manifest';
import { parseMesh } from '../../src/mesh/mesh-file';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { materials } from '../materials';
import { problemsOf } from '../mesh/problems-of';

/** A mesh of two clusters with patches of the mesh, on line 2, and of the second cluster, on line 5. */
function meshWith({ patches = '[]', own = '[]', istio = '{}' }) {
  const text = `meshID: mesh1
patches: ${patches}
clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2, patches: ${own} }
istio: ${istio}
`;
  return parseMesh(text, 'mesh.yaml');
}

function objectsOf(app: App, cluster: string): readonly PlainObject[] {
  const scope = app.node.findChild(cluster);
  return scope.node
    .findAll()
    .filter((construct) => ApiObject.isApiObject(construct))
    .map((object) => jsonOf(object));
}

function find(objects: readonly PlainObject[], kind: string, name: string): PlainObject | undefined {
  return objects.find((object) => object.kind === kind && object.metadata.name === name);
}

const istiod = 'target: { kind: Deployment, name: istiod }';

describe('a patch', () => {
  test('of one cluster leaves the objects of the others as they are', () => {
    const mesh = meshWith({
      own: '[{ target: { kind: HorizontalPodAutoscaler, name: istiod }, patch: { spec: { maxReplicas: 9 } } }]',
    });
    const app = new IstioMeshApp({ mesh });
    const plain = new IstioMeshApp({ mesh: meshWith({}) });
    expect(objectsOf(app, 'cluster1')).toEqual(objectsOf(plain, 'cluster1'));
    const autoscaler = find(objectsOf(app, 'cluster2'), 'HorizontalPodAutoscaler', 'istiod');
    expect(autoscaler?.spec).toMatchObject({ maxReplicas: 9, minReplicas: 1 });
    expect(app.files().find(({ path }) => path.startsWith('cluster2/30'))?.content).toContain(
      'maxReplicas: 9',
    );
  });

  test('of the mesh applies to all clusters, in the form that the API server stores', () => {
    const patch =
      '{ spec: { template: { spec: { containers: [{ name: discovery, resources: { limits: { cpu: 2000m } } }] } } } }';
    const app = new IstioMeshApp({ mesh: meshWith({ patches: `[{ ${istiod}, patch: ${patch} }]` }) });
    for (const cluster of ['cluster1', 'cluster2']) {
      const spec = find(objectsOf(app, cluster), 'Deployment', 'istiod')?.spec;
      expect(spec).toMatchObject({
        template: { spec: { containers: [{ resources: { limits: { cpu: '2' } } }] } },
      });
    }
  });

  test('as a text, as a JSON patch, and of an object that it names itself', () => {
    const patches = `
  - target: { kind: Service, name: istio-.*gateway }
    patch: |-
      - op: add
        path: /metadata/labels/added
        value: "yes"
  - patch: |-
      apiVersion: v1
      kind: Service
      metadata: { name: istiod, namespace: istio-system }
      spec: { sessionAffinity: ClientIP }
  - { target: { kind: PodDisruptionBudget|HorizontalPodAutoscaler, name: istiod }, patch: { $patch: delete } }`;
    const app = new IstioMeshApp({ mesh: meshWith({ patches }) });
    const objects = objectsOf(app, 'cluster1');
    for (const name of ['istio-ingressgateway', 'istio-eastwestgateway']) {
      expect(find(objects, 'Service', name)?.metadata.labels).toMatchObject({ added: 'yes' });
    }
    expect(find(objects, 'Service', 'istiod')?.spec).toMatchObject({ sessionAffinity: 'ClientIP' });
    expect(find(objects, 'HorizontalPodAutoscaler', 'istiod')).toBeUndefined();
  });

  test('applies to the text of a CustomResourceDefinition alone', () => {
    const patches =
      '[{ target: { kind: CustomResourceDefinition, name: sidecars.* }, patch: { metadata: { labels: { added: "yes" } } } }]';
    const [patched, plain] = [meshWith({ patches }), meshWith({})].map(
      (mesh) =>
        new IstioMeshApp({ mesh }).files().find(({ path }) => path.startsWith('cluster1/00'))?.content ?? '',
    );
    expect(patched?.match(/added: "?yes"?/g)).toHaveLength(1);
    expect(patched?.match(/^kind: CustomResourceDefinition$/gm)).toHaveLength(
      plain?.match(/^kind: CustomResourceDefinition$/gm)?.length ?? 0,
    );
  });

  test('of all objects leaves out Secrets with keys and tokens', () => {
    const patches =
      '[{ target: { namespace: istio-system }, patch: { metadata: { labels: { added: "yes" } } } }]';
    const mesh = meshWith({ patches });
    const objects = objectsOf(new IstioMeshApp({ mesh, ...materials(mesh) }), 'cluster1');
    expect(find(objects, 'Secret', 'cacerts')?.metadata.labels).not.toMatchObject({ added: 'yes' });
    expect(find(objects, 'Service', 'istiod')?.metadata.labels).toMatchObject({ added: 'yes' });
  });

  test('works without an IstioMeshApp', () => {
    const mesh = meshWith({
      patches: `[{ ${istiod}, patch: [{ op: add, path: /metadata/labels/a, value: b }] }]`,
    });
    const app = new App();
    new IstioMeshCluster(app, 'cluster1', { mesh });
    expect(find(objectsOf(app, 'cluster1'), 'Deployment', 'istiod')?.metadata.labels?.a).toBe('b');
  });

  test('can change an IstioOperator', () => {
    const patches =
      '[{ target: { kind: IstioOperator, name: istio-control-plane }, patch: { spec: { tag: other } } }]';
    const app = new IstioMeshApp({ mesh: meshWith({ patches, istio: '{ controlPlane: operator }' }) });
    expect(find(objectsOf(app, 'cluster1'), 'IstioOperator', 'istio-control-plane')?.spec?.tag).toBe('other');
  });
});

describe('a patch is a problem', () => {
  const synth = (options: Parameters<typeof meshWith>[0]) =>
    problemsOf(() => new IstioMeshApp({ mesh: meshWith(options) }));

  test('if it matches nothing in its cluster, with the nearest name', () => {
    const own = '[{ target: { kind: Deployment, name: istoid }, patch: { spec: {} } }]';
    expect(synth({ own })).toEqual([
      {
        code: 'MESH-PATCH',
        location: { file: 'mesh.yaml', line: 5, column: 52 },
        message: 'The patch matches no object in cluster2: none has kind Deployment, name istoid.',
        hint: 'Write name: istiod.',
      },
    ]);
  });

  test.each(['cacerts', 'istio-remote-secret-cluster1'])('if it is for the Secret %s', (name) => {
    const mesh = meshWith({ own: `[{ target: { kind: Secret, name: ${name} }, patch: { data: null } }]` });
    expect(problemsOf(() => new IstioMeshApp({ mesh, ...materials(mesh) }))).toMatchObject([
      { code: 'MESH-PATCH', message: expect.stringMatching(/which has a private key or a token/) },
    ]);
  });

  test('of the mesh only if it matches in no cluster', () => {
    const patches = '[{ target: { kind: DaemonSet }, patch: { spec: {} } }]';
    expect(synth({ patches })).toMatchObject([{ code: 'MESH-PATCH', location: { line: 2, column: 11 } }]);
  });

  test('if it cannot be applied, once for all clusters', () => {
    const patches = `[{ ${istiod}, patch: [{ op: remove, path: /spec/absent }] }]`;
    expect(synth({ patches })).toMatchObject([
      {
        code: 'MESH-PATCH',
        message: expect.stringMatching(/Deployment.apps istio-system\/istiod: \/spec\/absent does not exist/),
      },
    ]);
  });

  test('if it needs an object that another program writes', () => {
    const patches = `[{ ${istiod}, patch: { spec: {} } }]`;
    expect(synth({ patches, istio: '{ controlPlane: operator }' })).toMatchObject([
      { code: 'MESH-PATCH', hint: expect.stringMatching(/istio\.components/) },
    ]);
  });

  test.each([
    ['- : :', /neither a map nor a list/],
    ['{ spec: {} }', /does not say which objects/],
    ['[{ op: replace, path: /kind, value: Secret }]', /by which an object is known/],
    ['[{ op: add, path: /spec }]', /has no value/],
  ])('if it is %s', (patch, message) => {
    const text = JSON.stringify(patch);
    const target = patch.startsWith('{') ? '' : `${istiod}, `;
    expect(synth({ patches: `[{ ${target}patch: ${text} }]` })).toMatchObject([
      { code: 'MESH-PATCH', message: expect.stringMatching(message) },
    ]);
  });
});
