import { expect, test } from 'vitest';
import { parseMesh } from '../../src/mesh/mesh-file';
import { problemsOf } from './problems-of';

const keys = (indentation: number): string =>
  Array.from({ length: 20_000 }, (_, index) => `${' '.repeat(indentation)}q${index}: 1\n`).join('');
const clusters = 'clusters:\n  - { name: a, network: n1 }\n';

test.each([
  ['the mesh', `meshID: m\n${clusters}${keys(0)}`, 21],
  ['a cluster', `meshID: m\nclusters:\n  - name: a\n    network: n1\n${keys(4)}`, 21],
  ['istio.values', `meshID: m\n${clusters}istio:\n  values:\n${keys(4)}`, 21],
  ['global', `meshID: m\n${clusters}istio:\n  values:\n    global:\n${keys(6)}`, 21],
])('20,000 unknown keys in %s are refused', (_, text, count) => {
  expect(problemsOf(() => parseMesh(text))).toHaveLength(count);
});

test.each([
  ['meshConfig', 'meshConfig:', 6],
  ['defaultConfig', 'meshConfig:\n      defaultConfig:', 8],
])('20,000 unknown keys in %s are for istiod to ignore', (_, path, indentation) => {
  const text = `meshID: m\n${clusters}istio:\n  values:\n    ${path}\n${keys(indentation)}`;
  expect(problemsOf(() => parseMesh(text))).toEqual([]);
});
