import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { definitionSource } from '../../scripts/json-schema/definition-source.mjs';
import { describedSchema } from '../../scripts/json-schema/described-schema.mjs';
import { withReference } from '../../scripts/json-schema/reference.mjs';
import { defineMesh } from '../../src/mesh/define-mesh';
import { definitionSchema } from '../../src/mesh/definition-schema';
import { istioValues } from '../../src/mesh/values/schemas/istio-values';
import { IstioMeshApp } from '../../src/synthesis/istio-mesh-app';
import { materials } from '../materials';

test('the reference of mesh.yaml is what npm run docs writes', () => {
  const page = readFileSync('docs/mesh-yaml.md', 'utf8');
  const schema = describedSchema(definitionSchema, istioValues(), definitionSource);
  expect(page).toBe(withReference(page, schema, definitionSource));
});

test('Getting started lists the files of a cluster, in their order', () => {
  const mesh = defineMesh({
    meshID: 'mesh1',
    security: 'hardened',
    clusters: ['cluster1', 'cluster2'].map((name) => ({ name, network: name })),
    verification: { helloWorld: 'enabled' },
  });
  const files = new IstioMeshApp({ mesh, ...materials(mesh) }).files().map(({ path }) => path);
  const written = files.flatMap((path) => /^cluster1\/(.*)$/.exec(path)?.[1] ?? []);
  const text = readFileSync('docs/getting-started.md', 'utf8');
  const listed = [...text.matchAll(/^\| `((?:\d\d|zz)-[\w.-]+|Kustomization)` \|/gm)].map(([, file]) => file);
  expect(listed).toEqual(written.sort());
});
