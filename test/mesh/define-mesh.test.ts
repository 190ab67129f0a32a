import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../src/mesh/definition';
import { meshDefinitions } from './arbitrary-mesh';

const clusters = [
  { name: 'cluster1', network: 'network1' },
  { name: 'cluster2', network: 'network2' },
];

test('fills in every default, and reports the path of a problem', () => {
  const mesh = defineMesh({ meshID: 'mesh1', clusters });
  expect(mesh.clusters.map(({ peers }) => peers)).toEqual([['cluster2'], ['cluster1']]);
  expect(() => defineMesh({ meshID: 'mesh1', clusters: [] })).toThrow(/^clusters: MESH-VALUE: /);
  const unknownKey = { meshID: 'mesh1', clusters: [{ name: 'a', netwrk: 'b' }] } as unknown as MeshDefinition;
  expect(() => defineMesh(unknownKey)).toThrow('clusters[0].netwrk: MESH-UNKNOWN-KEY');
});

test('a mesh is frozen, and independent of the object that defines it', () => {
  const values = { pilot: { env: { A: '1' } } };
  const mesh = defineMesh({ meshID: 'mesh1', clusters, istio: { values } });
  values.pilot.env.A = '2';
  expect(mesh.clusters[0]?.istio.values).toEqual({ pilot: { env: { A: '1' } } });
  expect(() => Object.assign(mesh.istio, { version: '1.0.0' })).toThrow(TypeError);
  expect(() => Object.assign(mesh.clusters[0]?.istio.values ?? {}, { pilot: 1 })).toThrow(TypeError);
});

test('every valid definition is accepted, and peers are other clusters in the order of the mesh', () => {
  fc.assert(
    fc.property(meshDefinitions, (definition) => {
      const names = definition.clusters.map(({ name }) => name);
      for (const { name, peers } of defineMesh(definition).clusters) {
        const given = definition.clusters.find((cluster) => cluster.name === name)?.peers;
        const wanted = names.filter((other) => other !== name && (given?.includes(other) ?? true));
        expect(peers).toEqual(wanted);
      }
    }),
  );
});

describe('the default hub', () => {
  test.each([
    ['1.31.0', 'registry.istio.io/release'],
    ['1.30.3', 'docker.io/istio'],
    ['1.12.2', 'docker.io/istio'],
  ])('is that of Istio %s', (version, hub) => {
    const mesh = defineMesh({ meshID: 'mesh1', clusters, istio: { version, controlPlane: 'operator' } });
    for (const cluster of mesh.clusters) expect(cluster.istio).toMatchObject({ hub, tag: version });
  });
});

test("a cluster's values are merged over those of the mesh", () => {
  const mesh = defineMesh({
    meshID: 'mesh1',
    istio: { values: { pilot: { env: { A: '1', B: '1' }, replicaCount: 1 } } },
    clusters: [{ name: 'a', network: 'n', istio: { values: { pilot: { env: { B: '2' } } } } }],
  });
  expect(mesh.clusters[0]?.istio.values).toEqual({ pilot: { env: { A: '1', B: '2' }, replicaCount: 1 } });
});
