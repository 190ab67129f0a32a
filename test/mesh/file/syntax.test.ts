import { expect, test } from 'vitest';
import { parseMesh } from '../../../src/mesh/mesh-file';
import { problemsOf } from '../problems-of';
import { brokenSyntax } from './broken-syntax';

const clusters = `clusters:
  - { name: cluster1, network: network1 }
  - { name: cluster2, network: network2 }
`;

test.each(brokenSyntax)('$title is one problem with its own sentence', ({ text, error }) => {
  expect(() => parseMesh(text, 'mesh.yaml')).toThrow(expect.objectContaining({ message: error.join('\n') }));
});

test('ambiguous words are reported with all other problems, but not twice at one position', () => {
  const text = `meshID: on\ntrustDomain: 010\nsidecars: 1\n${clusters}`;
  const problems = problemsOf(() => parseMesh(text, 'mesh.yaml'));
  expect(problems.map(({ code, location }) => `${location.line} ${code}`)).toEqual([
    '1 MESH-AMBIGUOUS',
    '2 MESH-AMBIGUOUS',
    '3 MESH-UNKNOWN-KEY',
  ]);
});

test.each([
  'True',
  '~',
  '0',
  '-1',
  '1.5',
  '.5',
  '1e3',
  '0x1F',
  'a:b',
  '1.31.0',
  'yEs',
  'on-call',
  '2001-01',
  '.',
])('the word %s is the same to all parsers of YAML', (word) => {
  const problems = problemsOf(() => parseMesh(`meshID: mesh1\nremotes: ${word}\n${clusters}`, 'mesh.yaml'));
  expect(problems.filter(({ code }) => code !== 'MESH-TYPE')).toEqual([]);
});

test('quotes and the tag of strings make a word unambiguous', () => {
  for (const word of ['"010"', "'on'", '!!str 010'])
    expect(parseMesh(`meshID: mesh1\nremotes: ${word}\n${clusters}`).remotes).toMatch(/010|on/);
});

test.each([
  ['JSON', `{"meshID": "mesh1",\n\t"clusters": [\n\t\t{"name": "cluster1", "network": "network1"}\n\t]\n}\n`],
  ['a byte order mark', `\ufeffmeshID: mesh1\n${clusters}`],
  ['a start and an end of the document', `---\nmeshID: mesh1\n${clusters}...\n`],
  ['line ends of Windows', `meshID: mesh1\n${clusters}`.replaceAll('\n', '\r\n')],
  [
    'a template in a block',
    `meshID: mesh1\nistio:\n  values:\n    sidecarInjectorWebhook:\n      templates:\n        a: |\n          {{ .Name }}\n${clusters}`,
  ],
])('%s is read', (_title, text) => {
  expect(parseMesh(text).meshID).toBe('mesh1');
});

test('150 clusters can share settings that contain aliases', () => {
  const text = `meshID: mesh1
istio: { values: { pilot: { podLabels: &labels { a: b } } } }
clusters:
  - &first { name: cluster0, network: network0, istio: { values: { pilot: { podLabels: *labels } } } }
${Array.from({ length: 150 }, (_, index) => `  - { <<: *first, name: c${index}, network: n${index} }\n`).join('')}`;
  expect(parseMesh(text).clusters).toHaveLength(151);
});

test.each([
  ['flow maps', '{ a: '.repeat(3000)],
  ['flow lists', '['.repeat(3000)],
  ['maps', Array.from({ length: 3000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ['closed maps', `a: ${'{ a: '.repeat(200)}b${' }'.repeat(200)}\n`],
])('3,000 levels of %s are an error', (_title, text) => {
  expect(() => parseMesh(text)).toThrow(/^mesh.yaml:\d+:\d+: MESH-SYNTAX: .* levels of maps and lists/);
});
