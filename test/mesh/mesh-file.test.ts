import { describe, expect, test } from 'vitest';
import { loadMesh, parseMesh } from '../../src/mesh/mesh-file';
import { brokenComponents } from './broken-components';
import { brokenDefinitions } from './broken-definitions';
import { brokenGateways } from './broken-gateways';
import { brokenSecrets } from './broken-secrets';
import { brokenValues } from './broken-values';
import { problemsOf } from './problems-of';

describe('a mesh.yaml with one problem', () => {
  test.each([
    ...brokenDefinitions,
    ...brokenComponents,
    ...brokenGateways,
    ...brokenSecrets,
    ...brokenValues,
  ])('$title', ({ text, code, at: [line, column], message, hint }) => {
    expect(problemsOf(() => parseMesh(text, 'mesh.yaml'))).toEqual([
      { code, location: { file: 'mesh.yaml', line, column }, message, hint },
    ]);
  });
});

test('reports all problems at once, in the order of the text', () => {
  const text = `meshId: mesh1
istio:
  version: 1.31
clusters:
  - name: Cluster1
    netwrok: network1
  - name: cluster2
    network: 2
    eastWestGateway: { replicas: x, servce: {} }
`;
  const problems = problemsOf(() => parseMesh(text, 'mesh.yaml'));
  expect(problems.map(({ code, location }) => `${location.line}:${location.column} ${code}`)).toEqual([
    '1:1 MESH-UNKNOWN-KEY',
    '3:12 MESH-TYPE',
    '5:11 MESH-VALUE',
    '6:5 MESH-UNKNOWN-KEY',
    '8:14 MESH-TYPE',
    '9:34 MESH-TYPE',
    '9:37 MESH-UNKNOWN-KEY',
  ]);
});

test('a missing file is an error', () => {
  expect(() => loadMesh('/nowhere/mesh.yaml')).toThrow(/^\/nowhere\/mesh.yaml: MESH-FILE: /);
});

test('aliases that expand to very many values are an error', () => {
  const levels = Array.from(
    { length: 9 },
    (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`,
  );
  expect(() => parseMesh(`l0: &l0 [x]\n${levels.join('\n')}\n`, 'mesh.yaml')).toThrow(
    /^mesh.yaml:1:1: MESH-SYNTAX: The aliases of the file expand/,
  );
});

test('clusters can share settings by YAML merge keys', () => {
  const mesh = parseMesh(
    `meshID: mesh1
clusters:
  - &first
    name: cluster1
    network: network1
    eastWestGateway: { autoscaling: disabled, replicas: 3 }
  - <<: *first
    name: cluster2
    network: network2
`,
    'mesh.yaml',
  );
  expect(mesh.clusters[1]).toMatchObject({ name: 'cluster2', eastWestGateway: { replicas: 3 } });
});
