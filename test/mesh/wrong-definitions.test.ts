import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defineMesh } from '../../src/mesh/define-mesh';
import type { MeshDefinition } from '../../src/mesh/definition';
import { loadMesh, parseMesh } from '../../src/mesh/mesh-file';
import { MeshError } from '../../src/problems/problem';
import { meshDefinitions } from './arbitrary-mesh';
import { problemsOf } from './problems-of';

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});
const cluster = { name: 'cluster1', network: 'network1' };

/** Asserts that a definition is a mesh or causes a MeshError, but no other error. */
function expectMeshOrMeshError(definition: unknown): void {
  try {
    defineMesh(definition as MeshDefinition);
  } catch (error) {
    expect(error).toBeInstanceOf(MeshError);
    expect((error as MeshError).problems.length).toBeGreaterThan(0);
    expect((error as MeshError).message).not.toMatch(/undefined has|\[object/);
  }
}

test('anything that is not a definition causes a MeshError', () => {
  fc.assert(fc.property(anything, expectMeshOrMeshError), { numRuns: 500 });
});

test('anything in place of a part of a definition causes a MeshError', () => {
  const keys = ['istio', 'certificates', 'secrets', 'gitops', 'repository', 'clusters', 'verification'];
  fc.assert(
    fc.property(meshDefinitions, fc.constantFrom(...keys), anything, (definition, key, value) => {
      expectMeshOrMeshError({ ...definition, [key]: value });
      expectMeshOrMeshError({ ...definition, clusters: [{ ...cluster, [key]: value }] });
      expectMeshOrMeshError({ ...definition, istio: { values: { pilot: value, global: { [key]: value } } } });
    }),
    { numRuns: 500 },
  );
});

test.each([
  [undefined, 'The definition is undefined, not a map.'],
  [null, 'The definition is empty, not a map.'],
  ['mesh1', 'The definition is "mesh1", not a map.'],
  [[], 'The definition is an empty list, not a map.'],
  [() => ({}), 'The definition is a function, not a map.'],
  [{ meshID: 'm', clusters: null }, 'clusters is empty, not a list.'],
  [{ meshID: 'm', clusters: [null] }, 'clusters[0] is empty, not a map.'],
  [{ meshID: 1n, clusters: [cluster] }, 'meshID is 1, not a string.'],
  [{ meshID: 'm', clusters: [cluster], remotes: Symbol('s') }, 'remotes is a symbol, not a string.'],
])('%o is refused', (definition, message) => {
  const problems = problemsOf(() => defineMesh(definition as unknown as MeshDefinition));
  expect(problems.map((problem) => problem.message)).toEqual([message]);
});

test('a definition that contains itself is refused', () => {
  const values: Record<string, unknown> = {};
  values.pilot = { env: values };
  const definition = { meshID: 'm', clusters: [cluster], istio: { values } } as unknown as MeshDefinition;
  expect(() => defineMesh(definition)).toThrow(/^istio\.values\.pilot\.env: MESH-VALUE: .*contains itself/);
});

test('settings that two clusters share are not circular', () => {
  const istio = { values: { pilot: { replicaCount: 2 } } };
  const clusters = ['a', 'b'].map((name) => ({ name, network: name, istio }));
  expect(defineMesh({ meshID: 'm', clusters }).clusters).toHaveLength(2);
});

test('what cannot be read as text is refused', () => {
  expect(() => loadMesh('test')).toThrow(/^test: MESH-FILE: The file cannot be read: it is a folder\./);
  for (const file of [null, 0, {}]) {
    expect(() => loadMesh(file as unknown as string)).toThrow(/MESH-FILE: The path of the file is not/);
  }
  for (const text of [null, 0, {}, undefined]) {
    expect(() => parseMesh(text as unknown as string, 'mesh.yaml')).toThrow(
      /^mesh\.yaml: MESH-FILE: The text/,
    );
  }
});
