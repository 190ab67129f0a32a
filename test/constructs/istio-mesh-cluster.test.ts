import { ApiObject, App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { IstioMeshCluster } from '../../src/constructs/istio-mesh-cluster';
import { RenderedChart } from '../../src/constructs/rendered-chart';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { Mesh } from '../../src/mesh/mesh';
import { materials } from '../materials';
import { meshDefinitions } from '../mesh/arbitrary-mesh';

interface Secret {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Record<string, string>;
  };
  readonly data: Record<string, string>;
}

function objectsOf(chart: Chart): unknown[] {
  const objects = chart.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return objects.map((object) => object.toJson());
}

/** The objects of a cluster, by the ID of their chart; the CRDs are no objects before they are applied. */
function synthesize(mesh: Mesh, name: string): Record<string, unknown[]> {
  const { caCerts, remotes } = materials(mesh);
  const cluster = new IstioMeshCluster(new App(), name, { mesh, caCerts: caCerts[name], remotes });
  const charts = cluster.node
    .findAll()
    .filter(
      (construct): construct is Chart =>
        Chart.isChart(construct) && !RenderedChart.isRenderedChart(construct),
    );
  return Object.fromEntries(charts.map((chart) => [chart.node.id, objectsOf(chart)]));
}

test('remote secrets are exactly the ordered pairs of peers, each with the name and key that istiod expects', () => {
  fc.assert(
    fc.property(meshDefinitions, (definition) => {
      const mesh = defineMesh(definition);
      for (const { name, peers } of mesh.clusters) {
        const secrets = (synthesize(mesh, name)['60-remote-secrets'] ?? []) as Secret[];
        const read = secrets.map(({ data }) => Object.keys(data));
        expect(read).toEqual(peers.map((peer) => [peer]));
        for (const { metadata, data } of secrets) {
          const [peer = ''] = Object.keys(data);
          const kubeconfig = parse(Buffer.from(data[peer] ?? '', 'base64').toString());
          expect(metadata).toMatchObject({
            namespace: 'istio-system',
            labels: { 'istio/multiCluster': 'true' },
          });
          expect(kubeconfig.users[0].user.token).toBe(`token of ${peer}`);
          expect(kubeconfig['current-context']).toBe(peer);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test("the objects of a cluster contain only the cluster's own private key", () => {
  fc.assert(
    fc.property(meshDefinitions, (definition) => {
      const mesh = defineMesh(definition);
      for (const { name } of mesh.clusters) {
        const objects = Object.values(synthesize(mesh, name)).flat() as Secret[];
        const values = objects.flatMap(({ kind, data }) => (kind === 'Secret' ? Object.values(data) : []));
        const keys = values
          .map((value) => Buffer.from(value, 'base64').toString())
          .filter((text) => /^key of/.test(text));
        expect(keys).toEqual([`key of ${name}`]);
      }
    }),
    { numRuns: 30 },
  );
});

test('a network that has a single gateway in one of its clusters needs none in the other', () => {
  const mesh = defineMesh({
    meshID: 'mesh1',
    clusters: [
      { name: 'a', network: 'n1' },
      { name: 'b', network: 'n1', eastWestGateway: 'disabled' },
      { name: 'c', network: 'n2' },
    ],
  });
  expect(Object.keys(synthesize(mesh, 'b'))).toEqual([
    '10-namespace',
    '20-cacerts',
    '15-reader',
    '25-default-revision',
    '30-control-plane',
    '45-ingress-gateway',
    'zz-default-validator',
    '60-remote-secrets',
  ]);
  expect(Object.keys(synthesize(mesh, 'a'))).toContain('50-cross-network-gateway');
});

test('a cluster that the mesh does not have is an error that names the nearest', () => {
  const mesh = defineMesh({ meshID: 'mesh1', clusters: [{ name: 'cluster1', network: 'n1' }] });
  expect(() => new IstioMeshCluster(new App(), 'clutser1', { mesh })).toThrow('Write cluster1.');
});

test('the format istioctl without its manifests is an error, not an empty cluster', () => {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { controlPlane: 'istioctl' },
    clusters: [{ name: 'cluster1', network: 'n1' }],
  });
  expect(() => new IstioMeshCluster(new App(), 'cluster1', { mesh })).toThrow('CONTROL-PLANE-NOT-RENDERED');
});

test('a second control plane is a file of its own, beside what both share and the newer definitions', () => {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { version: '1.30.3', canary: { revision: 'canary', version: '1.31.0' } },
    clusters: [
      { name: 'a', network: 'n1' },
      { name: 'b', network: 'n2', istio: { canary: 'disabled' } },
    ],
  });
  const stages = (name: string) => Object.keys(synthesize(mesh, name)).filter((id) => id.startsWith('30-'));
  expect(stages('a')).toEqual(['30-control-plane', '30-control-plane-canary']);
  expect(stages('b')).toEqual(['30-control-plane']);
  const crds = (name: string) => {
    const cluster = new IstioMeshCluster(new App(), name, { mesh });
    return (cluster.node.findChild('00-crds') as RenderedChart).manifests;
  };
  expect(crds('a')).toContain('zoneAwareLbSetting');
  expect(crds('b')).not.toContain('zoneAwareLbSetting');
});

test('without CustomResourceDefinitions if another tool installs them', () => {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { crds: 'skip' },
    clusters: [{ name: 'a', network: 'n1' }],
  });
  const cluster = new IstioMeshCluster(new App(), 'a', { mesh });
  expect(cluster.node.tryFindChild('00-crds')).toBeUndefined();
});
